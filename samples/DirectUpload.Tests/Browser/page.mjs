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
  await page.getByText(/up to 1 GB each/).waitFor();
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

export function untilParts(parts, count) {
  return new Promise(resolve => {
    parts.onSuccess = () => parts.succeeded >= count && resolve();
    parts.onSuccess();
  });
}
