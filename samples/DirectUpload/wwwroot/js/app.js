// The page: who is signed in, where files are dropped, and the two lists.

import { announceError } from './announce.js';
import { setClock } from './clock.js';
import { FileList } from './file-list.js';
import { formatList, formatSize } from './format.js';
import { askServer } from './requests.js';
import { UnfinishedUploads } from './unfinished.js';
import { UploadList } from './upload-list.js';

const names = {
  'image/jpeg': 'JPEG', 'image/png': 'PNG', 'image/gif': 'GIF', 'image/webp': 'WebP',
  'application/pdf': 'PDF', 'text/plain': 'text', 'video/mp4': 'MP4', 'application/zip': 'ZIP', 'application/x-zip-compressed': 'ZIP',
};

const byId = id => document.getElementById(id);

try {
  await start();
} catch (error) {
  byId('rules').textContent = error.message;
  announceError(error.message);
}

async function start() {
  const session = await askServer('/session', { method: 'GET' });
  setClock(session.now);
  byId('user').textContent = session.userName;
  byId('rules').textContent = `${formatList([...new Set(session.contentTypes.map(type => names[type] ?? type))])}, up to ${formatSize(session.maxBytes)} each`;
  byId('store-note').textContent = session.isLocal
    ? `Files go from this page directly to LocalS3 at ${session.store}, which stores them until the application stops.`
    : `Files go from this page directly to ${session.store}.`;

  const files = new FileList(byId('files'), byId('file-row'), { isLocal: session.isLocal, onClockMoved: showClock });
  const uploads = new UploadList(byId('uploads'), byId('upload-row'), new UnfinishedUploads(session.userId), () => files.load());
  acceptFiles(uploads);
  warnBeforeLeaving();
  await Promise.all([files.load(), uploads.showInterrupted()]);
}

function acceptFiles(uploads) {
  const picker = byId('picker');
  picker.addEventListener('change', () => {
    uploads.add([...picker.files]);
    // The same file can be chosen again, for example after an error.
    picker.value = '';
  });

  const zone = byId('drop-zone');
  for (const name of ['dragenter', 'dragover']) {
    zone.addEventListener(name, () => zone.classList.add('over'));
  }

  for (const name of ['dragleave', 'drop']) {
    zone.addEventListener(name, () => zone.classList.remove('over'));
  }

  // Otherwise, a file dropped outside the field would replace the page.
  for (const name of ['dragover', 'drop']) {
    document.addEventListener(name, event => !zone.contains(event.target) && event.preventDefault());
  }
}

function warnBeforeLeaving() {
  addEventListener('beforeunload', event => {
    if (document.querySelector('.upload[data-state="uploading"], .upload[data-state="checking"]')) {
      event.preventDefault();
    }
  });
}

function showClock(minutes) {
  byId('clock-note').hidden = false;
  byId('clock-note').textContent = `The clock of the application and the store is now ${minutes} minutes ahead.`;
}
