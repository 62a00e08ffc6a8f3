// Requests to the application and to the store, with the errors that a person can read.

/** An error whose message is a sentence for the user. */
export class RequestError extends Error {
  /**
   * @param {string} message
   * @param {{ status?: number, code?: string }} [details] The status, or 0 if there was no response, and the code of the store's error.
   */
  constructor(message, { status = 0, code = '' } = {}) {
    super(message);
    this.name = 'RequestError';
    this.status = status;
    this.code = code;
  }

  /** Whether the same request can succeed later. */
  get isTemporary() {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500;
  }

  /** Whether a new URL can help. A wrong signature means that a signed header has changed, so a new URL would be rejected as well. */
  get mayHaveExpired() {
    return this.status === 403 && this.code !== '' && this.code !== 'SignatureDoesNotMatch';
  }
}

/**
 * Sends JSON to the application, and returns its JSON.
 * @param {string} path
 * @param {{ method?: string, body?: object, signal?: AbortSignal }} [options]
 */
export async function askServer(path, { method = 'POST', body, signal } = {}) {
  let response;
  try {
    response = await fetch(path, {
      method,
      signal,
      headers: body ? { 'content-type': 'application/json', accept: 'application/json' } : { accept: 'application/json' },
      body: body && JSON.stringify(body),
    });
  } catch (error) {
    signal?.throwIfAborted();
    throw new RequestError('The application did not respond.');
  }

  if (response.status === 401) {
    throw new RequestError('You are no longer signed in. Reload the page.', { status: 401 });
  }

  const text = await response.text();
  if (!response.ok) {
    throw new RequestError(problemIn(text) ?? `The application responded with status ${response.status}.`, { status: response.status });
  }

  return text === '' ? null : JSON.parse(text);
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
    xhr.open(request.method, request.url);
    for (const [name, value] of Object.entries(request.headers)) {
      xhr.setRequestHeader(name, value);
    }

    xhr.upload.onprogress = event => onProgress?.(event.loaded);
    xhr.onabort = () => reject(signal.reason);
    // The browser hides the reason from scripts. It can also be a rejection: some stores send errors without CORS headers.
    xhr.onerror = () => reject(new RequestError('The store did not respond, or its CORS rules do not allow this page.'));
    xhr.onload = () => {
      const xml = parseXml(xhr.responseText);
      // CompleteMultipartUpload can fail after the status 200 has been sent.
      if (xhr.status >= 300 || xml?.documentElement.localName === 'Error') {
        reject(storeError(xhr.status, xml));
      } else {
        resolve(xml);
      }
    };
    xhr.onloadend = () => signal?.removeEventListener('abort', abort);
    signal?.addEventListener('abort', abort);
    xhr.send(body);
  });
}

/**
 * Repeats an action after temporary failures. The pauses double, and they are random, so that clients do not all return at the same moment.
 * @template T
 * @param {() => Promise<T>} action
 * @param {{ signal: AbortSignal, onWait?: (error: RequestError, milliseconds: number) => void, attempts?: number }} options
 * @returns {Promise<T>}
 */
export async function retry(action, { signal, onWait, attempts = 6 }) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await action();
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof RequestError) || !(error.isTemporary || error.mayHaveExpired) || attempt === attempts) {
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
  return new RequestError(
    code === '' ? `The store responded with status ${shown}.` : `The store rejected the request: ${textOf(xml, 'Message') || code} (${code})`,
    { status: shown, code });
}

function problemIn(text) {
  try {
    const problem = JSON.parse(text);
    return problem.detail ?? problem.title;
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
