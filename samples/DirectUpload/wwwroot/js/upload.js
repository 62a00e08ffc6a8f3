// Uploads one file directly to the store. To use this class in your application, copy upload.js, requests.js and unfinished.js.

import { askServer, RequestError, retry, sendToStore, textOf } from './requests.js';
import { isSameFile } from './unfinished.js';

const partsAtATime = 4;
const signedPartsPerRequest = 4;

/**
 * The states of an upload:
 *
 *   waiting ──▶ uploading ──▶ checking ──▶ stored
 *                │      ▲         │
 *                ▼      │         ▼
 *              paused ──┘       failed ──▶ uploading (start)
 *
 * An upload that a closed page has left behind is interrupted until resumeWith gets the file. cancel leads to canceled from every state.
 *
 * @typedef {'waiting' | 'interrupted' | 'uploading' | 'paused' | 'checking' | 'stored' | 'failed' | 'canceled'} UploadState
 */

/** An upload of one file: one PUT request for a small file, and parts for a large one. Dispatches `change` when a property has changed. */
export class Upload extends EventTarget {
  /** @type {UploadState} */
  state = 'waiting';

  /** Why the upload has failed, or why it waits before its next attempt. Empty otherwise. */
  reason = '';

  /** Whether the application or the store has rejected the file, so that another attempt would fail as well. */
  isRejected = false;

  /** What the application knows about the stored file: key, name, size, type and eTag. */
  result = null;

  #endpoint;
  #unfinished;
  #file = null;
  #info;
  #running = null;
  #ticket = null;
  #put = null;
  #create = null;
  #uploadId = null;
  #partSize = 0;
  #partCount = 0;
  #storedParts = new Map();
  #bytesInFlight = new Map();
  #signedParts = new Map();

  /**
   * @param {File | import('./unfinished.js').UnfinishedUpload} source A file, or an upload that a closed page has left behind.
   * @param {{ unfinished: import('./unfinished.js').UnfinishedUploads, endpoint?: string }} options
   */
  constructor(source, { unfinished, endpoint = '/uploads' }) {
    super();
    this.#endpoint = endpoint;
    this.#unfinished = unfinished;
    this.#info = { name: source.name, size: source.size, type: source.type, lastModified: source.lastModified };
    if (source instanceof File) {
      this.#file = source;
      this.#continueFrom(unfinished.find(source));
    } else {
      this.state = 'interrupted';
      this.#continueFrom(source);
    }
  }

  get name() {
    return this.#info.name;
  }

  get size() {
    return this.#info.size;
  }

  /** The number of bytes that are stored or on their way. */
  get loaded() {
    return this.state === 'stored' ? this.size : Math.min(this.size, sum(this.#storedParts) + sum(this.#bytesInFlight));
  }

  isOf(file) {
    return isSameFile(this.#info, file);
  }

  /** Starts the upload, continues it after a pause, or tries again after a failure. */
  async start() {
    if (this.#running || !this.#file) {
      return;
    }

    const running = this.#running = new AbortController();
    this.isRejected = false;
    this.#change('uploading');
    try {
      this.result = await this.#run(running.signal);
      this.#unfinished.forget(this.#info);
      this.#change('stored');
    } catch (error) {
      // After a pause, the state is no longer this run's concern.
      if (!running.signal.aborted) {
        this.isRejected = error instanceof RequestError && [400, 403, 409, 413, 415].includes(error.status);
        this.#change('failed', error.message);
      }
    } finally {
      if (this.#running === running) {
        this.#running = null;
      }
    }
  }

  /** Stops all requests. The parts that are stored are not sent again. */
  pause() {
    this.#stop();
    this.#change('paused');
  }

  /** Continues an interrupted upload. The file must be the same. */
  resumeWith(file) {
    if (!this.isOf(file)) {
      throw new RequestError('This is a different file. Its name, size or date has changed.');
    }

    this.#file = file;
    return this.start();
  }

  /** Stops the upload and deletes the parts that are stored. */
  async cancel() {
    this.#stop();
    this.#unfinished.forget(this.#info);
    this.#change('canceled');
    if (this.#uploadId) {
      const { abort } = await this.#ask('/finish', { ticket: this.#ticket, uploadId: this.#uploadId });
      await sendToStore(abort, null);
    }
  }

  /** Asks the store which parts of an interrupted upload it has. Returns false if the upload cannot continue. */
  async refresh() {
    const exists = await this.#findStoredParts(new AbortController().signal);
    this.#change(this.state);
    return exists;
  }

  async #run(signal) {
    // An earlier run got a ticket: in this page, or in a page that was closed.
    if (this.#ticket && !(this.#uploadId && await this.#findStoredParts(signal))) {
      // No parts are waiting. Either the file is stored and only the response was lost, or the upload must start over.
      const result = await this.#confirm(signal).catch(() => null);
      signal.throwIfAborted();
      if (result) {
        return result;
      }

      this.#startOver();
    }

    if (!this.#ticket) {
      await this.#begin(signal);
    }

    if (this.#put) {
      await this.#sendWhole(signal);
    } else {
      await this.#sendParts(signal);
    }

    this.#change('checking');
    return await this.#confirm(signal);
  }

  /** Asks the application for permission. It decides the key, checks the size and the type, and returns the first request. */
  async #begin(signal) {
    const { name, type, size } = this.#info;
    const started = await this.#askAgain('', { name, type: type || 'application/octet-stream', size }, signal);
    this.#ticket = started.ticket;
    this.#put = started.put ?? null;
    this.#create = started.create ?? null;
    this.#partSize = started.partSize ?? 0;
    this.#partCount = started.partCount ?? 0;
  }

  async #sendWhole(signal) {
    await this.#retry(async () => {
      try {
        await sendToStore(this.#put, this.#file, { signal, onProgress: bytes => this.#progress(0, bytes) });
      } catch (error) {
        if (error.code === 'PreconditionFailed') {
          // The URL cannot replace an object, so an earlier attempt was successful, and only its response was lost.
          return;
        }

        this.#progress(0, 0);
        if (error.mayHaveExpired) {
          await this.#begin(signal);
        }

        throw error;
      }
    }, signal);
  }

  async #sendParts(signal) {
    if (!this.#uploadId) {
      await this.#createUpload(signal);
    }

    const missing = [];
    for (let number = 1; number <= this.#partCount; number++) {
      if (!this.#storedParts.has(number)) {
        missing.push(number);
      }
    }

    // Each worker sends one part after the other. If one worker gives up, the others stop.
    const failure = new AbortController();
    const any = AbortSignal.any([signal, failure.signal]);
    const worker = async () => {
      for (let number = missing.shift(); number !== undefined; number = missing.shift()) {
        await this.#sendPart(number, any);
      }
    };
    try {
      await Promise.all(Array.from({ length: partsAtATime }, worker));
    } catch (error) {
      failure.abort();
      throw error;
    }

    this.#change('checking');
    await this.#completeUpload(signal);
  }

  async #createUpload(signal) {
    await this.#retry(async () => {
      try {
        const xml = await sendToStore(this.#create, null, { signal });
        this.#uploadId = textOf(xml, 'UploadId');
      } catch (error) {
        if (error.mayHaveExpired) {
          await this.#begin(signal);
        }

        throw error;
      }
    }, signal);
    this.#unfinished.remember({
      ...this.#info, ticket: this.#ticket, uploadId: this.#uploadId, partSize: this.#partSize, partCount: this.#partCount,
    });
  }

  async #sendPart(number, signal) {
    await this.#retry(async () => {
      try {
        const part = await this.#signedPart(number, signal);
        const content = this.#file.slice(part.offset, part.offset + part.size);
        await sendToStore(part, content, { signal, onProgress: bytes => this.#progress(number, bytes) });
        this.#storedParts.set(number, part.size);
      } catch (error) {
        // The next attempt gets a new URL. After a network error, the old one may have expired as well, because some stores reject it without CORS headers.
        this.#signedParts.delete(batchOf(number));
        throw error;
      } finally {
        this.#progress(number, 0);
      }
    }, signal);
  }

  // URLs of parts expire after a few minutes, so the application signs a few at a time. Workers share the response for neighboring parts.
  async #signedPart(number, signal) {
    const batch = batchOf(number);
    if (!this.#signedParts.has(batch)) {
      const from = batch * signedPartsPerRequest + 1;
      const count = Math.min(signedPartsPerRequest, this.#partCount - from + 1);
      this.#signedParts.set(batch, this.#ask('/parts', { ticket: this.#ticket, uploadId: this.#uploadId, from, count }, signal));
    }

    const { parts } = await this.#signedParts.get(batch);
    return parts.find(part => part.partNumber === number);
  }

  /** Combines the parts. Their ETags come from the store's list, so CORS rules do not have to expose the ETag header. */
  async #completeUpload(signal) {
    await this.#retry(async () => {
      const parts = [];
      const complete = await this.#listParts(part => parts.push(part), signal);
      if (!complete) {
        // An earlier attempt was successful, and only its response was lost.
        return;
      }

      const body = parts.map(part => `<Part><PartNumber>${part.number}</PartNumber><ETag>${part.eTag}</ETag></Part>`).join('');
      // A Blob without a type, because the browser would add a Content-Type for a string.
      await sendToStore(complete, new Blob([`<CompleteMultipartUpload xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${body}</CompleteMultipartUpload>`]), { signal });
    }, signal);
  }

  async #findStoredParts(signal) {
    const stored = new Map();
    let exists;
    try {
      exists = await this.#retry(() => this.#listParts(part => stored.set(part.number, part.size), signal), signal);
    } catch (error) {
      // The application does not accept the ticket, for example because it has expired.
      if (error instanceof RequestError && error.status >= 400 && error.status < 500 && error.status !== 401) {
        return false;
      }

      throw error;
    }

    this.#storedParts = stored;
    return exists !== null;
  }

  /** Lists the parts that the store has. Returns the request that completes the upload, or null if the store does not know the upload. */
  async #listParts(onPart, signal) {
    for (let after = 0; ;) {
      const { list, complete } = await this.#ask('/finish', { ticket: this.#ticket, uploadId: this.#uploadId, after }, signal);
      let xml;
      try {
        xml = await sendToStore(list, null, { signal });
      } catch (error) {
        if (error.code === 'NoSuchUpload') {
          return null;
        }

        throw error;
      }

      for (const part of xml.getElementsByTagNameNS('*', 'Part')) {
        onPart({ number: Number(textOf(part, 'PartNumber')), size: Number(textOf(part, 'Size')), eTag: textOf(part, 'ETag') });
      }

      if (textOf(xml, 'IsTruncated') !== 'true') {
        return complete;
      }

      after = Number(textOf(xml, 'NextPartNumberMarker'));
    }
  }

  /** Asks the application to check what is stored. */
  #confirm(signal) {
    return this.#askAgain('/done', { ticket: this.#ticket }, signal);
  }

  #ask(path, body, signal) {
    return askServer(this.#endpoint + path, { body, signal });
  }

  #askAgain(path, body, signal) {
    return this.#retry(() => this.#ask(path, body, signal), signal);
  }

  async #retry(action, signal) {
    let hasWaited = false;
    const result = await retry(action, {
      signal,
      onWait: (error, milliseconds) => {
        hasWaited = true;
        this.#change(this.state, `${error.message} The next attempt is in ${Math.ceil(milliseconds / 1000)} s.`);
      },
    });
    // The reason remains until this action has succeeded, although other parts succeed in the meantime.
    if (hasWaited) {
      this.#change(this.state);
    }

    return result;
  }

  #continueFrom(upload) {
    if (upload) {
      this.#ticket = upload.ticket;
      this.#uploadId = upload.uploadId;
      this.#partSize = upload.partSize;
      this.#partCount = upload.partCount;
    }
  }

  #startOver() {
    this.#unfinished.forget(this.#info);
    this.#ticket = null;
    this.#put = null;
    this.#create = null;
    this.#uploadId = null;
    this.#storedParts.clear();
    this.#signedParts.clear();
  }

  #stop() {
    this.#running?.abort();
    this.#running = null;
    this.#signedParts.clear();
    this.#bytesInFlight.clear();
  }

  #progress(number, bytes) {
    if (bytes === 0) {
      this.#bytesInFlight.delete(number);
    } else {
      this.#bytesInFlight.set(number, bytes);
    }

    this.dispatchEvent(new Event('change'));
  }

  #change(state, reason = '') {
    this.state = state;
    this.reason = reason;
    this.dispatchEvent(new Event('change'));
  }
}

function batchOf(number) {
  return Math.floor((number - 1) / signedPartsPerRequest);
}

function sum(map) {
  let total = 0;
  for (const value of map.values()) {
    total += value;
  }

  return total;
}
