// What a user does on the page, as functions for the scenarios.
import { closeSync, ftruncateSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const MiB = 1 << 20;

/** Opens the page in a new browser profile and signs in. Errors in the page's scripts end the scenario. */
export async function signIn(browser, { url }, user = 'Ada', options = {}) {
  const context = await browser.newContext({ viewport: { width: 1100, height: 900 }, ...options });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  page.problems = [];
  page.on('pageerror', error => page.problems.push(error.message));
  page.on('console', message => /Content Security Policy|CORS/.test(message.text()) && page.problems.push(message.text()));
  await page.goto(url);
  await page.getByRole('button', { name: `Continue as ${user}` }).click();
  await page.getByText(/up to 1 GiB each/).waitFor();
  return page;
}

export function throwIfProblems(page) {
  if (page.problems.length > 0) {
    throw new Error(page.problems.join('\n'));
  }
}

export async function choose(page, ...files) {
  await page.getByLabel('Choose files').setInputFiles(files);
}

/** The row of an upload. */
export function upload(page, name) {
  return page.locator('#uploads .row').filter({ has: page.getByText(name, { exact: true }) });
}

/** The row of a stored file. */
export function file(page, name) {
  return page.locator('#files .row').filter({ has: page.getByText(name, { exact: true }) });
}

/** Waits until an upload has one of the states, and returns the text under its progress bar. */
export async function waitFor(page, name, ...states) {
  const row = upload(page, name);
  await page.waitForFunction(([element, expected]) => expected.includes(element.dataset.state), [await row.elementHandle(), states]);
  return (await row.locator('.state').textContent()).trim();
}

export async function download(page, click) {
  const [result] = await Promise.all([page.waitForEvent('download'), click()]);
  return { name: result.suggestedFilename(), content: readFileSync(await result.path(), 'utf8') };
}

export function createFile(folder, name, content) {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** Creates a file of any size that needs no space on the disk. */
export function createSparseFile(folder, name, size) {
  const path = join(folder, name);
  const handle = openSync(path, 'w');
  ftruncateSync(handle, size);
  closeSync(handle);
  return path;
}

/** Counts the parts that have been uploaded. */
export function watchParts(page) {
  const parts = { running: 0, succeeded: 0, onSuccess: () => {} };
  const isPart = request => request.method() === 'PUT' && new URL(request.url()).searchParams.has('partNumber');
  page.on('request', request => isPart(request) && parts.running++);
  page.on('requestfailed', request => isPart(request) && parts.running--);
  page.on('requestfinished', async request => {
    if (isPart(request)) {
      parts.running--;
      if ((await request.response())?.ok()) {
        parts.succeeded++;
        parts.onSuccess();
      }
    }
  });
  return parts;
}

/** Counts inside the page how many parts are sent at the same time, because the events of Playwright are not in order. The result is in window.mostParts. */
export async function countPartsAtATime(page) {
  await page.evaluate(() => {
    let running = 0;
    window.mostParts = 0;
    const { open, send } = XMLHttpRequest.prototype;
    XMLHttpRequest.prototype.open = function (method, url) {
      open.call(this, method, url);
      this.isPart = url.includes('partNumber=');
      if (this.isPart) {
        // These listeners are added first, so they run before the page's own, which can send the next part.
        for (const end of ['load', 'error', 'abort']) {
          this.addEventListener(end, () => running--);
        }
      }
    };
    XMLHttpRequest.prototype.send = function (body) {
      if (this.isPart) {
        window.mostParts = Math.max(window.mostParts, ++running);
      }

      send.call(this, body);
    };
  });
}

/**
 * Lets the store handle requests, and changes the responses that the page receives. Unlike page.route, this keeps bodies that are files.
 * @param {import('playwright-core').Page} page
 * @param {(response: { method: string, query: URLSearchParams, status: number }) => undefined | 'lose' | { status: number, code: string }} change
 *   Returns 'lose' for a network error, an S3 error, or undefined for the response of the store.
 */
export async function changeResponses(page, change) {
  const session = await page.context().newCDPSession(page);
  session.on('Fetch.requestPaused', ({ requestId, request, responseStatusCode, responseErrorReason }) => {
    const changed = request.method === 'OPTIONS' || responseErrorReason ? undefined : change({ method: request.method, query: new URL(request.url).searchParams, status: responseStatusCode });
    const sent = changed === 'lose' ? session.send('Fetch.failRequest', { requestId, errorReason: 'Failed' })
      : changed ? session.send('Fetch.fulfillRequest', {
        requestId,
        responseCode: changed.status,
        responseHeaders: [{ name: 'access-control-allow-origin', value: '*' }, { name: 'content-type', value: 'application/xml' }],
        body: Buffer.from(`<Error><Code>${changed.code}</Code><Message>Changed by the test.</Message></Error>`).toString('base64'),
      })
      : session.send('Fetch.continueRequest', { requestId });
    // The page can be reloaded or closed while a request is paused.
    sent.catch(() => {});
  });
  await session.send('Fetch.enable', { patterns: [{ urlPattern: '*X-Amz-Signature=*', requestStage: 'Response' }] });
}

/** Hides the store's errors from the page, as stores do that send them without CORS headers. */
export function hideErrors({ status }) {
  return status >= 400 ? 'lose' : undefined;
}

/** Moves the clock of the application and of LocalS3 beyond the lifetime of the URLs for an upload. */
export function moveClock(page) {
  return page.evaluate(async () => {
    const until = new Date(Date.now() + 10 * 60_000).toISOString();
    return (await fetch('/clock', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ until }) })).status;
  });
}

export async function chooseAgain(page, name, path) {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), upload(page, name).getByRole('button', { name: 'Choose file' }).click()]);
  await chooser.setFiles(path);
}

/** Deletes the unfinished upload from the store without the page's knowledge. Returns the status. */
export function abortUpload(page) {
  return page.evaluate(async () => {
    const [{ ticket, uploadId }] = JSON.parse(localStorage.getItem('unfinished-uploads/ada'));
    const response = await fetch('/uploads/finish', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ ticket, uploadId }) });
    const { abort } = await response.json();
    return (await fetch(abort.url, { method: abort.method, headers: abort.headers })).status;
  });
}

/** What the page remembers about unfinished uploads. */
export function remembered(page) {
  return page.evaluate(() => localStorage.getItem('unfinished-uploads/ada'));
}

export function untilParts(parts, count) {
  return new Promise(resolve => {
    parts.onSuccess = () => parts.succeeded >= count && resolve();
    parts.onSuccess();
  });
}
