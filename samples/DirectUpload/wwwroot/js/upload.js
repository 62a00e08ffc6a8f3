// Uploads one file directly to the store. To use this class in your application, copy upload.js, requests.js and unfinished.js.

import { askServer, RequestError, retry, sendToStore, textOf } from './requests.js';
import { isSameFile } from './unfinished.js';

const partsAtATime = 4;
const signedPartsPerRequest = 4;

// Responses of the application after which only a new upload can succeed.
const uselessTicketCodes = ['ticketExpired', 'ticketInvalid', 'ticketOfOtherUser', 'notAllowed', 'notYourKey'];

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

  /** Whether the application or the store has rejected the file itself, so that another attempt would fail as well. */
  isRejected = false;

  /** What the application knows about the stored file: key, name, size, type and eTag. */
  result = null;

  #endpoint;
  #unfinished;
  #file = null;
  #info;
  #running = null;
  #refreshing = null;
  #releaseLock = null;
  #ticket = null;
  #put = null;
  #create = null;
  #uploadId = null;
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

    this.#refreshing?.abort();
    const running = this.#running = new AbortController();
    this.isRejected = false;
    this.#change('uploading');
    try {
      this.result = await this.#run(running.signal);
      this.#setStored();
    } catch (error) {
      // After a pause, this run must not change the state.
      if (!running.signal.aborted) {
        this.isRejected = error instanceof RequestError && error.isFinal;
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
    this.#change('canceled');
    if (!this.#uploadId) {
      return;
    }

    this.#releaseLock ??= await this.#unfinished.lock(this.#uploadId);
    if (!this.#releaseLock) {
      // A different tab continues the upload.
      return;
    }

    this.#unfinished.forget(this.#info);
    try {
      await this.#abort(this.#ticket, this.#uploadId);
    } finally {
      this.#unlock();
    }
  }

  /** Asks the store which parts of an interrupted upload it has. Returns false if the upload cannot continue. */
  async refresh() {
    const { signal } = this.#refreshing = new AbortController();
    try {
      const { parts, result, problem } = await this.#findEarlier(signal);
      signal.throwIfAborted();
      if (parts) {
        this.#storedParts = parts;
        this.#change(this.state);
      } else if (result) {
        // The page was closed between the last request to the store and the one to the application.
        this.result = result;
        this.#setStored();
      } else if (problem) {
        this.#change(this.state, problem.message);
      } else {
        this.#unfinished.forget(this.#info);
        return false;
      }
    } catch (error) {
      // The user may have continued or canceled the upload in the meantime.
      if (!signal.aborted) {
        this.#change(this.state, error.message);
      }
    }

    return true;
  }

  async #run(signal) {
    await this.#lock();
    if (this.#ticket) {
      // An earlier run got a ticket: in this page, or in a page that was closed.
      const { parts, result } = await this.#findEarlier(signal);
      signal.throwIfAborted();
      if (result) {
        return result;
      }

      if (parts) {
        this.#storedParts = parts;
      } else {
        await this.#startOver(signal);
      }
    } else {
      await this.#retry(() => this.#begin(signal), signal);
    }

    const result = this.#put ? await this.#sendWhole(signal) : await this.#sendParts(signal);
    if (result) {
      return result;
    }

    this.#change('checking');
    return await this.#retry(() => this.#confirm(signal), signal);
  }

  /**
   * Finds out what an earlier run has left: some parts, or the whole file if only a response was lost. If the store's response was not readable, the upload may or may not
   * exist, and `problem` is the error.
   */
  async #findEarlier(signal) {
    let problem = null;
    if (this.#uploadId) {
      try {
        const uploaded = await this.#retry(() => this.#listParts(signal), signal, 3);
        if (uploaded) {
          return { parts: new Map(uploaded.parts.map(part => [part.number, part.size])) };
        }
      } catch (error) {
        if (error.isHidden) {
          problem = error;
        } else if (!uselessTicketCodes.includes(error.code)) {
          throw error;
        }
      }
    }

    return { result: await this.#retry(() => this.#findResult(signal), signal), problem };
  }

  /** Returns what the application knows about the stored file, or null if this upload has not stored a valid file. */
  async #findResult(signal) {
    try {
      return await this.#confirm(signal);
    } catch (error) {
      if (error.code === 'notStored' || error.code === 'differs' || uselessTicketCodes.includes(error.code)) {
        return null;
      }

      throw error;
    }
  }

  /** Asks the application for permission. It decides the key, checks the size and the type, and returns the first request. */
  async #begin(signal) {
    const { name, type, size } = this.#info;
    const started = await this.#ask('', { name, type: type || 'application/octet-stream', size }, signal);
    this.#ticket = started.ticket;
    this.#put = started.put ?? null;
    this.#create = started.create ?? null;
    this.#partCount = started.partCount ?? 0;
  }

  /** Sends the file with one request. Returns the result if the application has already confirmed it. */
  #sendWhole(signal) {
    return this.#retry(async () => {
      if (!this.#put) {
        // The previous attempt may have stored the file, although its response could not be read.
        const result = await this.#findResult(signal);
        if (result) {
          return result;
        }

        await this.#begin(signal);
      }

      try {
        await sendToStore(this.#put, this.#file, { signal, onProgress: bytes => this.#progress(0, bytes) });
      } catch (error) {
        if (error.code === 'PreconditionFailed') {
          // The URL cannot replace an object, so an earlier attempt was successful.
          return null;
        }

        this.#progress(0, 0);
        if (error.isHidden || error.mayHaveExpired) {
          this.#put = null;
        }

        throw error;
      }

      return null;
    }, signal);
  }

  /** Sends the parts that are missing, and combines them. Returns the result if the application has already confirmed it. */
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
    return await this.#completeUpload(signal);
  }

  async #createUpload(signal) {
    this.#uploadId = await this.#retry(async () => {
      if (!this.#create) {
        await this.#begin(signal);
      }

      try {
        return textOf(await sendToStore(this.#create, null, { signal }), 'UploadId') || throwNotValid();
      } catch (error) {
        if (error.isHidden || error.mayHaveExpired) {
          this.#create = null;
        }

        throw error;
      }
    }, signal);
    this.#unfinished.remember({ ...this.#info, ticket: this.#ticket, uploadId: this.#uploadId, partCount: this.#partCount });
    await this.#lock();
  }

  async #sendPart(number, signal) {
    await this.#retry(async () => {
      try {
        const part = await this.#signedPart(number, signal);
        const content = this.#file.slice(part.offset, part.offset + part.size);
        await sendToStore(part, content, { signal, onProgress: bytes => this.#progress(number, bytes) });
        this.#storedParts.set(number, part.size);
      } catch (error) {
        // The next attempt gets a new URL. The old one may have expired, which is not visible in stores that send errors without CORS headers.
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

  /**
   * Combines the parts. Their ETags come from the store's list, so CORS rules do not have to expose the ETag header.
   * Returns the result if the application has already confirmed it.
   */
  #completeUpload(signal) {
    let isFirst = true;
    return this.#retry(async () => {
      if (!isFirst) {
        // The previous attempt may have been successful, although its response could not be read.
        const result = await this.#findResult(signal);
        if (result) {
          return result;
        }
      }

      isFirst = false;
      const uploaded = await this.#listParts(signal);
      if (uploaded) {
        const body = uploaded.parts.map(part => `<Part><PartNumber>${part.number}</PartNumber><ETag>${part.eTag}</ETag></Part>`).join('');
        // A Blob without a type, because the browser would add a Content-Type for a string.
        await sendToStore(uploaded.complete, new Blob([`<CompleteMultipartUpload xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${body}</CompleteMultipartUpload>`]), { signal });
      }

      return null;
    }, signal);
  }

  /** Lists the parts that the store has, with the request that completes the upload. Returns null if the store does not know the upload. */
  async #listParts(signal) {
    const parts = [];
    for (let after = 0; ;) {
      const { list, complete } = await this.#ask('/finish', { ticket: this.#ticket, uploadId: this.#uploadId, after }, signal);
      let xml;
      try {
        xml = await sendToStore(list, null, { signal });
      } catch (error) {
        if (error.isUnknownUpload) {
          return null;
        }

        throw error;
      }

      if (xml?.documentElement.localName !== 'ListPartsResult') {
        throwNotValid();
      }

      for (const part of xml.getElementsByTagNameNS('*', 'Part')) {
        parts.push({ number: Number(textOf(part, 'PartNumber')), size: Number(textOf(part, 'Size')), eTag: textOf(part, 'ETag') });
      }

      if (textOf(xml, 'IsTruncated') !== 'true') {
        return { parts, complete };
      }

      const next = Number(textOf(xml, 'NextPartNumberMarker'));
      if (!(next > after)) {
        // The same page would be requested forever.
        throwNotValid();
      }

      after = next;
    }
  }

  /** Asks the application to check what is stored. */
  #confirm(signal) {
    return this.#ask('/done', { ticket: this.#ticket }, signal);
  }

  async #abort(ticket, uploadId) {
    try {
      const { abort } = await this.#ask('/finish', { ticket, uploadId });
      await sendToStore(abort, null);
    } catch (error) {
      // If the ticket has expired, only a lifecycle rule of the bucket can delete the parts.
      if (!error.isUnknownUpload && !uselessTicketCodes.includes(error.code)) {
        throw error;
      }
    }
  }

  #ask(path, body, signal) {
    return askServer(this.#endpoint + path, { body, signal });
  }

  async #retry(action, signal, attempts) {
    let hasWaited = false;
    const result = await retry(action, {
      signal,
      attempts,
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
      this.#partCount = upload.partCount;
    }
  }

  /** Replaces an earlier upload. If the store cannot be reached, the earlier upload remains, because it may still exist. */
  async #startOver(signal) {
    const earlier = { ticket: this.#ticket, uploadId: this.#uploadId, partCount: this.#partCount, releaseLock: this.#releaseLock };
    this.#uploadId = null;
    this.#releaseLock = null;
    this.#storedParts = new Map();
    this.#signedParts.clear();
    try {
      await this.#retry(() => this.#begin(signal), signal);
      if (!this.#put) {
        await this.#createUpload(signal);
      }
    } catch (error) {
      this.#ticket = earlier.ticket;
      this.#uploadId = earlier.uploadId;
      this.#partCount = earlier.partCount;
      this.#releaseLock = earlier.releaseLock;
      throw error;
    }

    if (earlier.uploadId) {
      if (this.#put) {
        this.#unfinished.forget(this.#info);
      }

      // If this fails, a lifecycle rule of the bucket deletes the parts.
      this.#abort(earlier.ticket, earlier.uploadId).catch(() => {});
      earlier.releaseLock?.();
    }
  }

  // Two tabs that continue the same upload would disturb each other.
  async #lock() {
    if (this.#uploadId && !this.#releaseLock) {
      this.#releaseLock = await this.#unfinished.lock(this.#uploadId);
      if (!this.#releaseLock) {
        throw new RequestError('This file is being uploaded in a different tab.');
      }
    }
  }

  #unlock() {
    this.#releaseLock?.();
    this.#releaseLock = null;
  }

  #setStored() {
    this.#unfinished.forget(this.#info);
    this.#unlock();
    this.#change('stored');
  }

  #stop() {
    this.#refreshing?.abort();
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

// A proxy can respond with something else than the store.
function throwNotValid() {
  throw new RequestError('The response of the store is not valid.', { status: 502, isFromStore: true });
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
