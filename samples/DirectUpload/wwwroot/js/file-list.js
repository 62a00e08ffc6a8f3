// The stored files: previews, downloads, links and their remaining life.

import { announce, announceError } from './announce.js';
import { minutesAhead, now, setClock } from './clock.js';
import { formatDuration, formatSize, formatTime } from './format.js';
import { askServer, textOf } from './requests.js';

const imageExtensions = ['jpg', 'jpeg', 'png', 'gif', 'webp'];

export class FileList {
  #list;
  #template;
  #isLocal;
  #onClockMoved;
  #rows = new Map();
  #loads = 0;

  /**
   * @param {HTMLElement} list
   * @param {HTMLTemplateElement} template
   * @param {{ isLocal: boolean, onClockMoved: () => void }} options isLocal: whether the clock can be moved.
   */
  constructor(list, template, { isLocal, onClockMoved }) {
    this.#list = list;
    this.#template = template;
    this.#isLocal = isLocal;
    this.#onClockMoved = onClockMoved;
    setInterval(() => this.#updateLinks(), 1000);
  }

  async load() {
    // An earlier response can arrive later, with an older list.
    const load = ++this.#loads;
    let list;
    try {
      list = await askServer('/files', { method: 'GET' });
    } catch (error) {
      if (load !== this.#loads) {
        return;
      }

      this.#showNote(`The files could not be listed. ${error.message}`);
      announceError(error.message);
      return;
    }

    if (load !== this.#loads) {
      return;
    }

    // A file that is already shown keeps its row, with an open link and the focus.
    const rows = new Map(list.files.map(file => [file.key, this.#rows.get(file.key) ?? this.#createRow(file)]));
    for (const [key, view] of this.#rows) {
      if (!rows.has(key)) {
        view.row.remove();
      }
    }

    this.#rows = rows;
    let position = this.#list.firstElementChild;
    for (const { row } of rows.values()) {
      if (row === position) {
        position = position.nextElementSibling;
      } else {
        this.#list.insertBefore(row, position);
      }
    }

    const count = rows.size;
    document.getElementById('files-summary').textContent = count === 0 ? '' : count === 1 ? '1 file' : `${count} files`;
    this.#showNote(count === 0 ? 'Nothing is stored yet.' : list.isTruncated ? 'Only the first 1,000 files are shown.' : '');
  }

  #createRow(file) {
    const row = this.#template.content.firstElementChild.cloneNode(true);
    const view = { file, row, link: null, isChecked: false };
    row.querySelector('.name').textContent = file.name;
    row.querySelector('.meta').textContent = `${formatSize(file.size)} – ${formatTime(new Date(file.lastModified))}`;
    row.querySelector('.url').setAttribute('aria-label', `Link to ${file.name}`);
    showThumbnail(row.querySelector('.thumbnail'), file);

    const download = row.querySelector('[data-action="download"]');
    download.href = `/files/download?key=${encodeURIComponent(file.key)}`;
    const actions = {
      link: () => this.#toggleLink(view),
      delete: () => this.#delete(view),
      copy: () => this.#copy(view),
      expire: () => this.#expire(view),
      renew: () => this.#createLink(view),
    };
    for (const button of row.querySelectorAll('[data-action]')) {
      button.setAttribute('aria-label', `${button.textContent}: ${file.name}`);
      const action = actions[button.dataset.action];
      if (action) {
        const problem = row.querySelector('.problem');
        button.addEventListener('click', () => {
          problem.textContent = '';
          action().catch(error => {
            problem.textContent = error.message;
            announceError(error.message);
          });
        });
      }
    }

    return view;
  }

  async #toggleLink(view) {
    const panel = view.row.querySelector('.link');
    panel.hidden = !panel.hidden;
    view.row.querySelector('[data-action="link"]').setAttribute('aria-expanded', String(!panel.hidden));
    if (!panel.hidden && (!view.link || isExpired(view.link))) {
      await this.#createLink(view);
    }
  }

  async #createLink(view) {
    view.link = await askServer(`/files/link?key=${encodeURIComponent(view.file.key)}`, { method: 'GET' });
    view.isChecked = false;
    const hadFocus = document.activeElement === view.row.querySelector('[data-action="renew"]');
    view.row.querySelector('.url').value = view.link.url;
    view.row.querySelector('.verdict').textContent = '';
    this.#updateLink(view);
    if (hadFocus) {
      view.row.querySelector('[data-action="copy"]').focus();
    }
  }

  async #copy(view) {
    const field = view.row.querySelector('.url');
    try {
      await navigator.clipboard.writeText(view.link.url);
    } catch {
      // The clipboard is not available without permission or without HTTPS. The user can then copy the selected text.
      field.focus();
      field.select();
      view.row.querySelector('.verdict').textContent = 'The browser does not allow this page to copy. Copy the selected text.';
      return;
    }

    view.row.querySelector('.verdict').textContent = 'Copied. Anyone who has the link can download the file until the link expires.';
  }

  async #expire(view) {
    const clock = await askServer('/clock', { body: { until: view.link.expiresAt } });
    setClock(clock.now);
    this.#onClockMoved(minutesAhead());
    const hadFocus = document.activeElement === view.row.querySelector('[data-action="expire"]');
    this.#updateLinks();
    if (hadFocus) {
      view.row.querySelector('[data-action="renew"]').focus();
    }
  }

  async #delete(view) {
    if (!await confirmDeletion(view.file.name)) {
      return;
    }

    await askServer(`/files?key=${encodeURIComponent(view.file.key)}`, { method: 'DELETE' });
    const next = view.row.nextElementSibling ?? view.row.previousElementSibling;
    (next?.querySelector('[data-action="delete"]') ?? document.getElementById('files-heading')).focus();
    announce(`${view.file.name} is deleted.`);
    await this.load();
  }

  #updateLinks() {
    for (const view of this.#rows.values()) {
      if (view.link) {
        this.#updateLink(view);
      }
    }
  }

  #updateLink(view) {
    const expired = isExpired(view.link);
    const life = view.row.querySelector('.life');
    life.classList.toggle('expired', expired);
    life.textContent = expired ? 'This link has expired.' : `Expires in ${formatDuration(Date.parse(view.link.expiresAt) - now())}`;
    view.row.querySelector('[data-action="expire"]').hidden = expired || !this.#isLocal;
    view.row.querySelector('[data-action="renew"]').hidden = !expired;
    if (expired && !view.isChecked) {
      view.isChecked = true;
      this.#showVerdict(view);
    }
  }

  // The clock of the page could be wrong, so the user sees the response of the store.
  async #showVerdict(view) {
    const { link } = view;
    let text;
    try {
      const response = await fetch(link.url);
      const xml = response.ok ? null : new DOMParser().parseFromString(await response.text(), 'application/xml');
      response.body?.cancel?.().catch(() => {});
      text = response.ok ? 'The store still accepts this link.' : `The store responds with ${response.status}: ${textOf(xml, 'Message')}.`;
    } catch {
      text = 'The store did not respond, or it rejected this link without CORS headers.';
    }

    // The user may have created a new link in the meantime.
    if (view.link === link) {
      view.row.querySelector('.verdict').textContent = text;
    }
  }

  #showNote(text) {
    const note = document.getElementById('files-note');
    note.textContent = text;
    note.hidden = text === '';
  }
}

function isExpired(link) {
  return Date.parse(link.expiresAt) <= now();
}

/** Asks whether to delete a file. */
async function confirmDeletion(name) {
  // Each question has its own dialog. Browsers dispatch `close` before the next frame, so a shared dialog could receive the event of an earlier question.
  const dialog = document.getElementById('delete-dialog').content.firstElementChild.cloneNode(true);
  const question = dialog.querySelector('.question');
  question.textContent = `Delete ${name}? This cannot be undone.`;
  dialog.setAttribute('aria-label', question.textContent);
  document.body.append(dialog);
  dialog.showModal();
  await new Promise(resolve => dialog.addEventListener('close', resolve, { once: true }));
  dialog.remove();
  return dialog.returnValue === 'delete';
}

function showThumbnail(box, file) {
  const extension = file.name.includes('.') ? file.name.slice(file.name.lastIndexOf('.') + 1) : '';
  const showExtension = () => box.replaceChildren(extension.slice(0, 4).toUpperCase());
  if (!imageExtensions.includes(extension.toLowerCase())) {
    showExtension();
    return;
  }

  const image = document.createElement('img');
  image.alt = '';
  image.loading = 'lazy';
  image.decoding = 'async';
  image.addEventListener('error', showExtension);
  image.src = `/files/preview?key=${encodeURIComponent(file.key)}`;
  box.append(image);
}
