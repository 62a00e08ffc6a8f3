// Requests to the application and to the store, with the errors that a person can read.

// A request without any progress for this long is treated like one without a response.
const stallTimeout = 60_000;

// Errors for which S3 asks clients to try again, although their status says that the request is wrong.
const temporaryCodes = ['RequestTimeout', 'ConditionalRequestConflict', 'OperationAborted', 'SlowDown'];

/** An error whose message is a sentence for the user. */
export class RequestError extends Error {
  /**
   * @param {string} message
   * @param {{ status?: number, code?: string, isFromStore?: boolean }} [details] The status, or 0 if there was no response, and the code in the response.
   */
  constructor(message, { status = 0, code = '', isFromStore = false } = {}) {
    super(message);
    this.name = 'RequestError';
    this.status = status;
    this.code = code;
    this.isFromStore = isFromStore;
  }

  /** Whether the same request can succeed later. */
  get isTemporary() {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500 || temporaryCodes.includes(this.code);
  }

  /** Whether the response of the store was not readable. Ceph sends errors without CORS headers, so this can be any rejection as well as a network error. */
  get isHidden() {
    return this.isFromStore && this.status === 0;
  }

  /** Whether the store does not have the multipart upload. The code is NoSuchUpload, or NoSuchKey from Ceph. */
  get isUnknownUpload() {
    return this.isFromStore && this.status === 404;
  }

  /** Whether a new URL can help. A wrong signature means that a signed header has changed, so a new URL would be rejected as well. */
  get mayHaveExpired() {
    return this.isFromStore && (this.status === 403 || this.code === 'ExpiredToken') && this.code !== 'SignatureDoesNotMatch';
  }

  /** Whether the file itself was rejected, so that another attempt would fail as well. */
  get isFinal() {
    return this.isFromStore ? this.code === 'SignatureDoesNotMatch' : this.status === 413 || this.status === 415 || this.code === 'differs';
  }
}

/**
 * Sends JSON to the application, and returns its JSON.
 * @param {string} path
 * @param {{ method?: string, body?: object, signal?: AbortSignal }} [options]
 */
export async function askServer(path, { method = 'POST', body, signal } = {}) {
  let response;
  let text;
  try {
    const timeout = AbortSignal.timeout(stallTimeout);
    response = await fetch(path, {
      method,
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      headers: body ? { 'content-type': 'application/json', accept: 'application/json' } : { accept: 'application/json' },
      body: body && JSON.stringify(body),
    });
    // The connection can also break in the middle of the body.
    text = await response.text();
  } catch {
    signal?.throwIfAborted();
    throw new RequestError('The application did not respond.');
  }

  const { status } = response;
  if (status === 401) {
    throw new RequestError('You are no longer signed in. Reload the page.', { status });
  }

  const json = parseJson(text);
  if (!response.ok) {
    // The response of a rate limiter or a proxy does not have a JSON body.
    throw new RequestError(json?.detail ?? json?.title ?? `The application responded with status ${status}.`, { status, code: json?.code });
  }

  if (json === undefined) {
    throw new RequestError('The application did not respond with JSON. Reload the page.', { status });
  }

  return json;
}

/**
 * Sends a presigned request to the store. XMLHttpRequest is the only API that reports the progress of an upload.
 * @param {{ method: string, url: string, headers: Record<string, string> }} request All headers must be sent exactly as they were signed.
 * @param {Blob | null} body
 * @param {{ signal?: AbortSignal, onProgress?: (bytes: number) => void }} [options]
 * @returns {Promise<Document | null>} The XML in the response, or null if there is none.
 */
export function sendToStore(request, body, { signal, onProgress } = {}) {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const xhr = new XMLHttpRequest();
    const abort = () => xhr.abort();
    let timer;
    const restartTimer = () => {
      clearTimeout(timer);
      timer = setTimeout(abort, stallTimeout);
    };
    xhr.open(request.method, request.url);
    for (const [name, value] of Object.entries(request.headers)) {
      xhr.setRequestHeader(name, value);
    }

    xhr.upload.onprogress = event => {
      restartTimer();
      onProgress?.(event.loaded);
    };
    xhr.onprogress = restartTimer;
    xhr.onabort = () => reject(signal?.aborted ? signal.reason : new RequestError('The store did not respond in time.', { isFromStore: true }));
    // The browser hides the reason from scripts. It can also be a rejection: some stores send errors without CORS headers.
    xhr.onerror = () => reject(new RequestError('The store did not respond, or its CORS rules do not allow this page.', { isFromStore: true }));
    xhr.onload = () => {
      const xml = parseXml(xhr.responseText);
      // CompleteMultipartUpload can fail after the status 200 has been sent.
      if (xhr.status >= 300 || xml?.documentElement.localName === 'Error') {
        reject(storeError(xhr.status, xml));
      } else {
        resolve(xml);
      }
    };
    xhr.onloadend = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    };
    signal?.addEventListener('abort', abort);
    restartTimer();
    xhr.send(body);
  });
}

/**
 * Repeats an action after temporary failures, and at most twice after a failure that a new URL may remedy. The pauses double, and they are random, so that clients do not
 * all return at the same moment.
 * @template T
 * @param {() => Promise<T>} action An action that does not call this function itself, because the attempts would multiply.
 * @param {{ signal: AbortSignal, onWait?: (error: RequestError, milliseconds: number) => void, attempts?: number }} options
 * @returns {Promise<T>}
 */
export async function retry(action, { signal, onWait, attempts = 6 }) {
  let newUrls = 2;
  for (let attempt = 1; ; attempt++) {
    try {
      return await action();
    } catch (error) {
      signal.throwIfAborted();
      const canRetry = error instanceof RequestError && attempt < attempts && (error.isTemporary || (error.mayHaveExpired && newUrls-- > 0));
      if (!canRetry) {
        throw error;
      }

      const milliseconds = Math.min(30_000, 500 * 2 ** attempt) * (0.5 + Math.random() / 2);
      onWait?.(error, milliseconds);
      await wait(milliseconds, signal);
    }
  }
}

/** Returns the text of an element with this name, regardless of the namespace, which differs between stores. */
export function textOf(node, name) {
  return node?.getElementsByTagNameNS('*', name)[0]?.textContent ?? '';
}

function storeError(status, xml) {
  const code = textOf(xml, 'Code');
  // A status of 200 with an error in the body is the store's internal error, which S3 asks clients to retry.
  const shown = status < 300 ? 500 : status;
  const message = textOf(xml, 'Message');
  return new RequestError(
    code === '' ? `The store responded with status ${shown}.` : `The store rejected the request (${code})${message && `: ${message.replace(/\.$/, '')}`}.`,
    { status: shown, code, isFromStore: true });
}

// Returns undefined for text that is not JSON, and null for an empty body.
function parseJson(text) {
  try {
    return text === '' ? null : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function parseXml(text) {
  if (text.trim() === '') {
    return null;
  }

  const xml = new DOMParser().parseFromString(text, 'application/xml');
  return xml.getElementsByTagName('parsererror').length > 0 ? null : xml;
}

// Waits for the time, for the network to come back if the browser is offline, or for the signal.
function wait(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => navigator.onLine && end(resolve), milliseconds);
    const online = () => end(resolve);
    const abort = () => end(reject);
    const end = settle => {
      clearTimeout(timer);
      window.removeEventListener('online', online);
      signal.removeEventListener('abort', abort);
      settle(signal.reason);
    };
    window.addEventListener('online', online);
    signal.addEventListener('abort', abort);
  });
}
