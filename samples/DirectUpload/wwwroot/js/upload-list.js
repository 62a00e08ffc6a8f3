// The uploads on the page: one row each, with its progress and its buttons.

import { announce, announceError, announceProgress } from './announce.js';
import { formatSize } from './format.js';
import { Upload } from './upload.js';

// More files at a time would only share the same bandwidth.
const filesAtATime = 3;

const actionsIn = {
  waiting: ['cancel'],
  interrupted: ['choose', 'discard'],
  uploading: ['pause', 'cancel'],
  paused: ['resume', 'cancel'],
  checking: ['cancel'],
  stored: ['dismiss'],
  failed: ['retry', 'discard'],
  rejected: ['discard'],
};

export class UploadList {
  #list;
  #template;
  #unfinished;
  #onStored;
  #uploads = [];
  #note = document.getElementById('uploads-note');

  /**
   * @param {HTMLElement} list
   * @param {HTMLTemplateElement} template
   * @param {import('./unfinished.js').UnfinishedUploads} unfinished
   * @param {() => void} onStored
   */
  constructor(list, template, unfinished, onStored) {
    this.#list = list;
    this.#template = template;
    this.#unfinished = unfinished;
    this.#onStored = onStored;
  }

  /** Adds files that the user has chosen. A file that belongs to an interrupted upload continues it. */
  add(files) {
    this.#note.textContent = '';
    for (const file of files) {
      const known = this.#uploads.find(upload => upload.isOf(file) && upload.state !== 'stored');
      if (!known) {
        this.#show(new Upload(file, { unfinished: this.#unfinished }));
      } else if (known.state === 'interrupted') {
        known.resumeWith(file);
      } else if (known.state === 'paused' || known.state === 'failed') {
        known.start();
      }
    }

    this.#startNext();
  }

  /** Shows the uploads that a closed page has left behind, but not those that a different tab continues. */
  async showInterrupted() {
    await Promise.all(this.#unfinished.all().map(async entry => {
      const release = await this.#unfinished.lock(entry.uploadId);
      release?.();
      if (!release || this.#uploads.some(upload => upload.isOf(entry))) {
        return;
      }

      const upload = new Upload(entry, { unfinished: this.#unfinished });
      this.#show(upload);
      if (!await upload.refresh()) {
        this.#remove(upload);
      } else if (upload.state === 'interrupted' && upload.reason) {
        announceError(`${upload.name}: ${upload.reason}`);
      }
    }));
  }

  #show(upload) {
    const row = this.#template.content.firstElementChild.cloneNode(true);
    const view = new UploadView(row, upload, action => this.#do(action, upload));
    upload.view = view;
    this.#uploads.push(upload);
    this.#list.append(row);

    let state = upload.state;
    upload.addEventListener('change', () => {
      view.update();
      if (upload.state !== state) {
        state = upload.state;
        this.#stateChanged(upload);
      }
    });
    view.update();
  }

  #stateChanged(upload) {
    if (upload.state === 'stored') {
      announce(`${upload.name} is stored.`);
      this.#onStored();
    } else if (upload.state === 'failed') {
      announceError(`${upload.name} was not uploaded. ${upload.reason}`);
    } else if (upload.state === 'uploading') {
      announce(`${upload.name} is being uploaded.`);
    } else if (upload.state === 'paused') {
      announce(`The upload of ${upload.name} is paused.`);
    }

    this.#startNext();
  }

  #startNext() {
    const free = filesAtATime - this.#uploads.filter(upload => upload.state === 'uploading' || upload.state === 'checking').length;
    for (const upload of this.#uploads.filter(upload => upload.state === 'waiting').slice(0, Math.max(0, free))) {
      upload.start();
    }
  }

  async #do(action, upload) {
    switch (action) {
      case 'pause':
        upload.pause();
        return;
      case 'resume':
      case 'retry':
        upload.start();
        return;
      case 'choose':
        this.#choose(upload);
        return;
      case 'dismiss':
        this.#remove(upload);
        return;
      case 'cancel':
      case 'discard':
        await this.#cancel(upload);
    }
  }

  async #cancel(upload) {
    const mayBeStored = upload.state === 'checking';
    this.#note.textContent = '';
    this.#remove(upload);
    announce(`The upload of ${upload.name} is canceled.`);
    try {
      await upload.cancel();
    } catch (error) {
      this.#note.textContent = `The stored parts of ${upload.name} were not deleted. ${error.message}`;
      announceError(this.#note.textContent);
    }

    if (mayBeStored) {
      this.#onStored();
    }
  }

  #choose(upload) {
    const picker = document.createElement('input');
    picker.type = 'file';
    picker.addEventListener('change', () => {
      try {
        upload.resumeWith(picker.files[0]);
      } catch (error) {
        upload.view.showProblem(error.message);
        announceError(error.message);
      }
    });
    picker.click();
  }

  #remove(upload) {
    // The focus would be lost with the row.
    const next = upload.view.row.nextElementSibling ?? upload.view.row.previousElementSibling;
    const hadFocus = upload.view.row.contains(document.activeElement);
    upload.view.row.remove();
    this.#uploads = this.#uploads.filter(other => other !== upload);
    if (hadFocus) {
      (next?.querySelector('button:not([hidden])') ?? document.getElementById('picker')).focus();
    }
  }
}

class UploadView {
  #upload;
  #progress;
  #state;
  #announcedQuarter = 0;
  #isScheduled = false;

  constructor(row, upload, onAction) {
    this.row = row;
    this.#upload = upload;
    this.#progress = row.querySelector('progress');
    this.#state = row.querySelector('.state');
    row.querySelector('.name').textContent = upload.name;
    row.querySelector('.meta').textContent = formatSize(upload.size);
    this.#progress.setAttribute('aria-label', `Progress of ${upload.name}`);
    for (const button of row.querySelectorAll('button')) {
      button.setAttribute('aria-label', `${button.textContent}: ${upload.name}`);
      button.addEventListener('click', () => onAction(button.dataset.action));
    }
  }

  /** Shows the state before the next frame, however often it changes until then. */
  update() {
    if (!this.#isScheduled) {
      this.#isScheduled = true;
      // Pages in the background do not get animation frames.
      (document.hidden ? queueMicrotask : requestAnimationFrame)(() => {
        this.#isScheduled = false;
        this.#render();
      });
    }
  }

  showProblem(text) {
    this.#state.textContent = text;
  }

  /** Moves the focus to the button that takes the place of a hidden one. A row without buttons gets the focus itself. */
  focusFirstButton() {
    (this.row.querySelector('button:not([hidden])') ?? this.row).focus();
  }

  #render() {
    const upload = this.#upload;
    const percent = upload.size === 0 ? 0 : Math.floor(upload.loaded / upload.size * 100);
    this.row.dataset.state = upload.state;
    this.#progress.value = upload.state === 'stored' ? 100 : percent;
    this.#state.textContent = describe(upload, percent);
    const actions = actionsIn[upload.isRejected ? 'rejected' : upload.state] ?? [];
    const focused = this.row.contains(document.activeElement) ? document.activeElement : null;
    for (const button of this.row.querySelectorAll('button')) {
      button.hidden = !actions.includes(button.dataset.action);
    }

    if (focused?.hidden) {
      this.focusFirstButton();
    }

    const quarter = Math.floor(percent / 25);
    if (upload.state === 'uploading' && quarter > this.#announcedQuarter && quarter < 4) {
      announceProgress(`${upload.name}: ${quarter * 25} percent.`);
    }

    this.#announcedQuarter = quarter;
  }
}

function describe(upload, percent) {
  const amount = `${formatSize(upload.loaded)} of ${formatSize(upload.size)}`;
  switch (upload.state) {
    case 'waiting': return 'Waiting for the other files';
    case 'interrupted': return `Interrupted at ${amount}. ${upload.reason && `${upload.reason} `}Choose the same file again to continue.`;
    case 'uploading': return `${percent}% – ${amount}${upload.reason && `. ${upload.reason}`}`;
    case 'paused': return `Paused at ${amount}`;
    case 'checking': return upload.reason || 'The application is checking the file';
    case 'stored': return 'Stored';
    case 'failed': return `Not uploaded. ${upload.reason}`;
    default: return '';
  }
}
