// The scenarios of BrowserTests.cs. Each one returns what the page showed, and the test compares it with what the store received.
import {
  abortUpload, changeResponses, choose, chooseAgain, countPartsAtATime, createFile, createSparseFile, download, file, hideErrors, MiB, moveClock, remembered, signIn, throwIfProblems, untilParts, upload,
  waitFor, watchParts,
} from './page.mjs';
import { serveUppy } from './uppy.mjs';

const pixel = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

export async function smallFiles(browser, options) {
  const page = await signIn(browser, options);
  await page.evaluate(() => {
    window.announced = [];
    const element = document.getElementById('status');
    new MutationObserver(() => window.announced.push(element.textContent)).observe(element, { childList: true });
  });
  await choose(page, createFile(options.folder, 'notes.txt', 'hello'), createFile(options.folder, 'pixel.png', pixel));
  const state = await waitFor(page, 'notes.txt', 'stored', 'failed');
  await waitFor(page, 'pixel.png', 'stored', 'failed');
  const downloaded = await download(page, () => file(page, 'notes.txt').getByRole('link', { name: 'Download' }).click());
  const image = file(page, 'pixel.png').locator('img');
  await image.waitFor();
  await page.waitForFunction(element => element.complete, await image.elementHandle());
  const imageWidth = await image.evaluate(element => element.naturalWidth);
  const summary = await page.locator('#files-summary').textContent();
  await page.waitForFunction(() => window.announced.filter(text => text.endsWith('is stored.')).length === 2);
  const announced = await page.evaluate(() => window.announced);
  throwIfProblems(page);
  return { state, downloaded, imageWidth, summary, announced };
}

export async function largeFile(browser, options) {
  const page = await signIn(browser, options);
  const reasons = [];
  await page.exposeFunction('report', text => reasons.push(text));
  await countPartsAtATime(page);
  await page.evaluate(() => new MutationObserver(() => {
    const text = document.querySelector('#uploads .state')?.textContent;
    if (text?.includes('next attempt')) {
      window.report(text);
    }
  }).observe(document.getElementById('uploads'), { subtree: true, childList: true, characterData: true }));
  await choose(page, createSparseFile(options.folder, 'film.mp4', 200 * MiB));
  const state = await waitFor(page, 'film.mp4', 'stored', 'failed');
  const meta = await file(page, 'film.mp4').locator('.meta').textContent();
  throwIfProblems(page);
  return { state, reasons, mostPartsAtATime: await page.evaluate(() => window.mostParts), meta };
}

export async function pauseAndResume(browser, options) {
  const page = await signIn(browser, options);
  const parts = watchParts(page);
  await choose(page, createSparseFile(options.folder, 'film.mp4', 80 * MiB));
  await untilParts(parts, 2);
  await upload(page, 'film.mp4').getByRole('button', { name: 'Pause' }).click();
  const paused = await waitFor(page, 'film.mp4', 'paused');
  await page.waitForTimeout(500);
  const running = parts.running;
  await upload(page, 'film.mp4').getByRole('button', { name: 'Resume' }).click();
  const state = await waitFor(page, 'film.mp4', 'stored', 'failed');
  throwIfProblems(page);
  return { paused, running, state };
}

export async function reload(browser, options) {
  const page = await signIn(browser, options);
  const parts = watchParts(page);
  const path = createSparseFile(options.folder, 'film.mp4', 200 * MiB);
  await choose(page, path);
  await untilParts(parts, 6);
  page.on('dialog', dialog => dialog.accept());
  await page.reload();
  await page.getByText(/Interrupted at \d+ MiB/).waitFor();
  const interrupted = await upload(page, 'film.mp4').locator('.state').textContent();

  await chooseAgain(page, 'film.mp4', createSparseFile(options.folder, 'other.mp4', 200 * MiB));
  await page.getByText('This is a different file').first().waitFor();
  const rejected = await upload(page, 'film.mp4').locator('.state').textContent();
  await chooseAgain(page, 'film.mp4', path);
  const state = await waitFor(page, 'film.mp4', 'stored', 'failed');
  throwIfProblems(page);
  return { interrupted, rejected, state, remembered: await remembered(page) };
}

export async function lostResponses(browser, options) {
  const page = await signIn(browser, options);
  // The store handles the requests, but the page does not receive the responses.
  const lost = [];
  await changeResponses(page, ({ method, query }) => {
    const kind = method === 'POST' && query.has('uploadId') ? 'complete' : method === 'PUT' && !query.has('uploadId') ? 'put' : '';
    if (kind !== '' && !lost.includes(kind)) {
      lost.push(kind);
      return 'lose';
    }
  });
  await choose(page, createFile(options.folder, 'notes.txt', 'hello'), createSparseFile(options.folder, 'film.mp4', 20 * MiB));
  const small = await waitFor(page, 'notes.txt', 'stored', 'failed');
  const large = await waitFor(page, 'film.mp4', 'stored', 'failed');
  await file(page, 'film.mp4').waitFor();
  return { lost, small, large, rows: await page.locator('#files .row').count() };
}

/** The first response of the store to each kind of request is a temporary error, although the store has handled the request. */
export async function temporaryErrors(browser, options) {
  const page = await signIn(browser, options);
  const codes = {
    'PUT ': { status: 400, code: 'RequestTimeout' },
    'PUT partNumber': { status: 409, code: 'ConditionalRequestConflict' },
    'POST uploadId': { status: 429, code: 'SlowDown' },
  };
  await changeResponses(page, ({ method, query }) => {
    const kind = `${method} ${['partNumber', 'uploadId'].find(name => query.has(name)) ?? ''}`;
    const error = codes[kind];
    delete codes[kind];
    return error;
  });
  let limited = 0;
  await page.route('**/uploads', route => limited++ === 0 ? route.fulfill({ status: 429 }) : route.continue());
  await choose(page, createFile(options.folder, 'notes.txt', 'hello'));
  const small = await waitFor(page, 'notes.txt', 'stored', 'failed');
  await choose(page, createSparseFile(options.folder, 'film.mp4', 20 * MiB));
  const large = await waitFor(page, 'film.mp4', 'stored', 'failed');
  return { small, large, limited, unused: Object.keys(codes) };
}

/** The store rejects every URL with status 403, because it does not know the access key. */
export async function unknownAccessKey(browser, options) {
  const page = await signIn(browser, options);
  await page.evaluate(() => {
    window.isUnknown = true;
    const { open } = XMLHttpRequest.prototype;
    XMLHttpRequest.prototype.open = function (method, url) {
      open.call(this, method, window.isUnknown ? url.replace('X-Amz-Credential=', 'X-Amz-Credential=X') : url);
    };
  });
  await choose(page, createFile(options.folder, 'notes.txt', 'hello'));
  const rejected = await waitFor(page, 'notes.txt', 'stored', 'failed');
  const buttons = await upload(page, 'notes.txt').getByRole('button').allTextContents();
  await page.evaluate(() => window.isUnknown = false);
  await upload(page, 'notes.txt').getByRole('button', { name: 'Try again' }).click();
  return { rejected, buttons, state: await waitFor(page, 'notes.txt', 'stored') };
}

/** The URL of a small file expires before it is used, and the page cannot read the store's response. */
export async function hiddenExpiry(browser, options) {
  const page = await signIn(browser, options);
  await changeResponses(page, hideErrors);
  let hasMoved = false;
  await page.route('**/uploads', async route => {
    const response = await route.fetch();
    if (!hasMoved) {
      hasMoved = true;
      await moveClock(page);
    }

    await route.fulfill({ response });
  });
  await choose(page, createFile(options.folder, 'notes.txt', 'hello'));
  return { state: await waitFor(page, 'notes.txt', 'stored', 'failed') };
}

export async function expiredUrls(browser, options) {
  const page = await signIn(browser, options);
  if (options.hideErrors) {
    await changeResponses(page, hideErrors);
  }

  const parts = watchParts(page);
  await choose(page, createSparseFile(options.folder, 'film.mp4', 80 * MiB));
  await untilParts(parts, 2);
  const moved = await moveClock(page);
  const state = await waitFor(page, 'film.mp4', 'stored', 'failed');
  if (!options.hideErrors) {
    throwIfProblems(page);
  }

  return { moved, state };
}

/** The page is reloaded, and the store deletes the unfinished upload in the meantime. */
export async function vanishedUpload(browser, options) {
  const page = await signIn(browser, options);
  page.on('dialog', dialog => dialog.accept());
  const parts = watchParts(page);
  const path = createSparseFile(options.folder, 'film.mp4', 40 * MiB);
  await choose(page, path);
  await untilParts(parts, 1);
  await page.reload();
  await page.getByText(/Interrupted at \d+ MiB/).waitFor();
  const aborted = await abortUpload(page);
  if (options.hideErrors) {
    await changeResponses(page, hideErrors);
  }

  await chooseAgain(page, 'film.mp4', path);
  return { aborted, state: await waitFor(page, 'film.mp4', 'stored', 'failed'), remembered: await remembered(page) };
}

/** The response to the last request to the store is lost, and the page is closed before it can ask the application. */
export async function closedBeforeDone(browser, options) {
  const page = await signIn(browser, options);
  page.on('dialog', dialog => dialog.accept());
  let isClosing = true;
  const done = new Promise(resolve => page.route('**/uploads/done', route => {
    if (isClosing) {
      resolve();
    } else {
      route.continue();
    }
  }));
  await choose(page, createSparseFile(options.folder, 'film.mp4', 20 * MiB));
  await done;
  await waitFor(page, 'film.mp4', 'checking');
  const cancelIsOffered = await upload(page, 'film.mp4').getByRole('button', { name: 'Cancel' }).isVisible();
  isClosing = false;
  if (options.hideErrors) {
    await changeResponses(page, hideErrors);
  }

  const [confirmed] = await Promise.all([page.waitForResponse(response => response.url().endsWith('/uploads/done')), page.reload()]);
  const state = await waitFor(page, 'film.mp4', 'stored', 'failed');
  await file(page, 'film.mp4').waitFor();
  return { cancelIsOffered, confirmed: confirmed.status(), state, remembered: await remembered(page) };
}

/** The application rejects requests for a moment, although the upload can continue. */
export async function rejectedRefresh(browser, options) {
  const page = await signIn(browser, options);
  page.on('dialog', dialog => dialog.accept());
  const parts = watchParts(page);
  const path = createSparseFile(options.folder, 'film.mp4', 40 * MiB);
  await choose(page, path);
  await untilParts(parts, 1);
  await page.route('**/uploads/finish', route => route.fulfill({ status: 400, contentType: 'text/html', body: '<p>Bad request</p>' }));
  await page.reload();
  await upload(page, 'film.mp4').getByText(/responded with status 400/).waitFor();
  const interrupted = await upload(page, 'film.mp4').locator('.state').textContent();
  const kept = JSON.parse(await remembered(page)).length;
  await page.unroute('**/uploads/finish');
  await chooseAgain(page, 'film.mp4', path);
  return { interrupted, kept, state: await waitFor(page, 'film.mp4', 'stored', 'failed') };
}

export async function twoTabs(browser, options) {
  const page = await signIn(browser, options);
  const parts = watchParts(page);
  const path = createSparseFile(options.folder, 'film.mp4', 80 * MiB);
  await choose(page, path);
  await untilParts(parts, 1);
  // A paused upload still belongs to its tab.
  await upload(page, 'film.mp4').getByRole('button', { name: 'Pause' }).click();
  await waitFor(page, 'film.mp4', 'paused');
  const second = await page.context().newPage();
  await second.goto(options.url);
  await second.getByText('Nothing is stored yet.').waitFor();
  // The second tab waits for one second, because a page that is being reloaded releases its lock a moment later.
  await second.waitForTimeout(1500);
  const shown = await second.locator('#uploads .row').count();
  await choose(second, path);
  const failed = await waitFor(second, 'film.mp4', 'stored', 'failed');
  await upload(second, 'film.mp4').getByRole('button', { name: 'Discard' }).click();
  await second.waitForTimeout(1500);
  const kept = JSON.parse(await remembered(page)).length;
  await upload(page, 'film.mp4').getByRole('button', { name: 'Resume' }).click();
  return { shown, failed, kept, state: await waitFor(page, 'film.mp4', 'stored', 'failed') };
}

/** The store accepts the connection but does not respond, and the page's clock moves by more than a minute. */
export async function stalledRequest(browser, options) {
  const page = await signIn(browser, options);
  await page.clock.install();
  let stalled = 0;
  const arrived = new Promise(resolve => page.route(url => url.searchParams.has('X-Amz-Signature'), route => {
    if (route.request().method() === 'PUT' && stalled++ === 0) {
      resolve();
    } else {
      route.continue();
    }
  }));
  await choose(page, createFile(options.folder, 'notes.txt', 'hello'));
  await arrived;
  await page.clock.fastForward(61_000);
  return { state: await waitFor(page, 'notes.txt', 'stored', 'failed') };
}

/** Cancels a question and asks the next one before the browser has dispatched the event of the first. */
export async function deletions(browser, options) {
  const page = await signIn(browser, options);
  await file(page, 'keep.txt').waitFor();
  const deletions = [];
  page.on('request', request => request.method() === 'DELETE' && deletions.push(decodeURIComponent(request.url())));
  await page.evaluate(() => {
    document.querySelector('[aria-label="Delete: keep.txt"]').click();
    document.querySelector('dialog[open]').close('cancel');
    document.querySelector('[aria-label="Delete: delete.txt"]').click();
  });
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await file(page, 'delete.txt').waitFor({ state: 'detached' });
  const deleted = deletions.length;

  await page.route('**/files?key=*', route => route.fulfill({ status: 502, contentType: 'application/problem+json', body: '{"detail":"The store is currently unavailable."}' }));
  await file(page, 'keep.txt').getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await file(page, 'keep.txt').getByText('The store is currently unavailable.').waitFor();
  return { deleted };
}

/** The list of files and the response to an expired link arrive after newer ones. */
export async function lateResponses(browser, options) {
  const page = await signIn(browser, options);
  let releaseList;
  await page.route('**/files', async route => {
    const response = await route.fetch();
    if (!releaseList) {
      await new Promise(resolve => releaseList = resolve);
    }

    await route.fulfill({ response });
  });
  await choose(page, createFile(options.folder, 'first.txt', '1'));
  await waitFor(page, 'first.txt', 'stored', 'failed');
  await choose(page, createFile(options.folder, 'second.txt', '2'));
  await file(page, 'second.txt').waitFor();
  const [list] = await Promise.all([page.waitForResponse('**/files'), releaseList()]);
  await list.finished();
  await page.waitForTimeout(200);
  const files = await page.locator('#files .name').allTextContents();

  const row = file(page, 'second.txt');
  let releaseLink;
  const asked = new Promise(resolve => page.route(url => url.searchParams.has('response-content-disposition'), async route => {
    resolve();
    await new Promise(release => releaseLink = release);
    await route.abort();
  }));
  await row.getByRole('button', { name: 'Link' }).click();
  await row.getByRole('button', { name: 'Expire it now' }).click();
  await asked;
  await row.getByRole('button', { name: 'Create a new link' }).click();
  await row.getByText(/Expires in/).waitFor();
  await Promise.all([page.waitForEvent('requestfailed'), releaseLink()]);
  await page.waitForTimeout(200);
  return { files, verdict: await row.locator('.verdict').textContent() };
}

/** A list of parts that says that there are more parts, but not after which one. */
export async function listWithoutMarker(browser, options) {
  const page = await signIn(browser, options);
  let lists = 0;
  await page.route(url => url.searchParams.has('uploadId') && url.searchParams.has('X-Amz-Signature'), route => route.request().method() === 'GET' && lists++ === 0
    ? route.fulfill({
      contentType: 'application/xml',
      headers: { 'access-control-allow-origin': '*' },
      body: '<ListPartsResult><IsTruncated>true</IsTruncated><NextPartNumberMarker>0</NextPartNumberMarker></ListPartsResult>',
    })
    : route.continue());
  await choose(page, createSparseFile(options.folder, 'film.mp4', 20 * MiB));
  return { state: await waitFor(page, 'film.mp4', 'stored', 'failed'), lists };
}

/** The store does not accept the request that deletes the parts of a canceled upload. */
export async function failedCancel(browser, options) {
  const page = await signIn(browser, options);
  const parts = watchParts(page);
  await changeResponses(page, ({ method }) => method === 'DELETE' ? { status: 500, code: 'InternalError' } : undefined);
  await choose(page, createSparseFile(options.folder, 'film.mp4', 80 * MiB));
  await untilParts(parts, 1);
  await upload(page, 'film.mp4').getByRole('button', { name: 'Cancel' }).click();
  await page.locator('#uploads-note').getByText('were not deleted').waitFor();
  return { note: await page.locator('#uploads-note').textContent() };
}

export async function discardAfterReload(browser, options) {
  const page = await signIn(browser, options);
  const parts = watchParts(page);
  page.on('dialog', dialog => dialog.accept());
  await choose(page, createSparseFile(options.folder, 'film.mp4', 80 * MiB));
  await untilParts(parts, 2);
  await page.reload();
  await page.getByText(/Interrupted at \d+ MiB/).waitFor();
  const [aborted] = await Promise.all([
    page.waitForResponse(response => response.request().method() === 'DELETE'),
    upload(page, 'film.mp4').getByRole('button', { name: 'Discard' }).click(),
  ]);
  throwIfProblems(page);
  return { status: aborted.status(), rows: await page.locator('#uploads .row').count(), remembered: await remembered(page) };
}

export async function rejections(browser, options) {
  const page = await signIn(browser, options);
  await choose(page, createSparseFile(options.folder, 'huge.zip', 1100 * MiB), createFile(options.folder, 'page.html', '<p>hello</p>'));
  const tooLarge = await waitFor(page, 'huge.zip', 'stored', 'failed');
  const wrongType = await waitFor(page, 'page.html', 'stored', 'failed');
  const alert = await page.getByRole('alert').textContent();

  // A script that sends a type other than the one that the application has allowed.
  await page.evaluate(() => {
    const set = XMLHttpRequest.prototype.setRequestHeader;
    XMLHttpRequest.prototype.setRequestHeader = function (name, value) {
      set.call(this, name, name === 'content-type' ? 'text/html' : value);
    };
  });
  await choose(page, createFile(options.folder, 'notes.txt', 'hello'));
  const changedType = await waitFor(page, 'notes.txt', 'stored', 'failed');
  const buttons = await upload(page, 'notes.txt').getByRole('button').allTextContents();
  throwIfProblems(page);
  return { tooLarge, wrongType, changedType, alert, buttons, note: await page.locator('#files-note').textContent() };
}

export async function names(browser, options) {
  const page = await signIn(browser, options);
  await choose(page, ...options.names.map(name => createFile(options.folder, name, name)));
  const results = [];
  for (const name of options.names) {
    const state = await waitFor(page, name, 'stored', 'failed');
    await file(page, name).waitFor();
    results.push({ state, ...await download(page, () => file(page, name).getByRole('link', { name: 'Download' }).click()) });
  }

  throwIfProblems(page);
  return { results };
}

export async function markup(browser, options) {
  const page = await signIn(browser, options);
  const shown = await page.locator('#files .name').allTextContents();
  await page.locator('#files .row').first().getByRole('button', { name: 'Delete' }).click();
  const question = await page.locator('dialog .question').textContent();
  await page.getByRole('button', { name: 'Keep' }).click();
  const elements = await page.locator('#files .name *, dialog .question *').count();
  throwIfProblems(page);
  return { shown, question, elements, rows: await page.locator('#files .row').count() };
}

export async function expiredLink(browser, options) {
  const page = await signIn(browser, options, 'Ada', { permissions: ['clipboard-read', 'clipboard-write'] });
  await choose(page, createFile(options.folder, 'notes.txt', 'hello'));
  await waitFor(page, 'notes.txt', 'stored', 'failed');
  const row = file(page, 'notes.txt');
  await row.getByRole('button', { name: 'Link' }).click();
  await row.getByText(/Expires in/).waitFor();
  const life = await row.locator('.life').textContent();
  await row.getByRole('button', { name: 'Copy' }).click();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  // A person without a session, who has only the link.
  const stranger = await browser.newContext();
  const before = await stranger.request.get(link);
  const content = await before.text();

  await row.getByRole('button', { name: 'Expire it now' }).click();
  await row.getByText(/The store responds/).waitFor();
  const verdict = await row.locator('.verdict').textContent();
  const after = await stranger.request.get(link);
  const clock = await page.locator('#clock-note').textContent();

  await row.getByRole('button', { name: 'Create a new link' }).click();
  await row.getByText(/Expires in/).waitFor();
  const renewed = await stranger.request.get(await row.getByLabel('Link to notes.txt', { exact: true }).inputValue());
  throwIfProblems(page);
  return { life, content, before: before.status(), after: after.status(), verdict, clock, renewed: renewed.status() };
}

export async function keyboard(browser, { url, folder }) {
  const context = await browser.newContext({ viewport: { width: 1100, height: 900 } });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  const rings = [];

  // Presses Tab until the element with this name has the focus, and checks that the focus is visible.
  const tabTo = async name => {
    for (let i = 0; i < 40; i++) {
      await page.keyboard.press('Tab');
      const focused = await page.evaluate(() => {
        const element = document.activeElement;
        const ring = element.matches('#picker') ? element.parentElement : element;
        return { name: element.getAttribute('aria-label') ?? element.labels?.[0]?.textContent.trim() ?? element.textContent.trim(), outline: getComputedStyle(ring).outlineStyle };
      });
      if (focused.name.startsWith(name)) {
        rings.push(focused.outline);
        return;
      }
    }

    throw new Error(`Tab does not reach '${name}'.`);
  };

  await page.goto(url);
  await tabTo('Continue as Ada');
  await page.keyboard.press('Enter');
  await page.getByText(/up to 1 GiB each/).waitFor();
  await tabTo('Choose files');
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press('Space')]);
  await chooser.setFiles(createFile(folder, 'notes.txt', 'hello'));
  await waitFor(page, 'notes.txt', 'stored', 'failed');
  await tabTo('Dismiss: notes.txt');
  await page.keyboard.press('Enter');
  const afterDismiss = await page.evaluate(() => document.activeElement.id);

  const [largeChooser] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press('Space')]);
  await largeChooser.setFiles(createSparseFile(folder, 'film.mp4', 48 * MiB));
  await waitFor(page, 'film.mp4', 'uploading');
  await tabTo('Pause: film.mp4');
  await page.keyboard.press('Enter');
  await waitFor(page, 'film.mp4', 'paused');
  const afterPause = await page.evaluate(() => document.activeElement.dataset.action);
  await page.keyboard.press('Enter');
  await waitFor(page, 'film.mp4', 'uploading');
  const afterResume = await page.evaluate(() => document.activeElement.dataset.action);
  await tabTo('Cancel: film.mp4');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelectorAll('#uploads .row').length === 0);
  const afterCancel = await page.evaluate(() => document.activeElement.id);

  await tabTo('Link: notes.txt');
  await page.keyboard.press('Space');
  await page.getByText(/Expires in/).waitFor();
  const expanded = await page.evaluate(() => document.activeElement.getAttribute('aria-expanded'));
  await tabTo('Expire it now: notes.txt');
  await page.keyboard.press('Enter');
  await page.getByText(/The store responds/).waitFor();
  const afterExpire = await page.evaluate(() => document.activeElement.dataset.action);

  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Shift+Tab');
  const beforeDelete = await page.evaluate(() => document.activeElement.dataset.action);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  const kept = await page.locator('#files .row').count();
  const afterEscape = await page.evaluate(() => document.activeElement.dataset.action);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await tabTo('Delete');
  const question = await page.evaluate(() => document.activeElement.closest('dialog')?.querySelector('.question').textContent);
  await page.keyboard.press('Enter');
  await page.getByText('Nothing is stored yet.').waitFor();
  const afterDelete = await page.evaluate(() => document.activeElement.id);
  return { rings, afterDismiss, afterPause, afterResume, afterCancel, expanded, afterExpire, beforeDelete, kept, afterEscape, question, afterDelete };
}

export async function secondUser(browser, options) {
  const ada = await signIn(browser, options);
  const [response] = await Promise.all([
    ada.waitForResponse(candidate => candidate.url().endsWith('/uploads')),
    choose(ada, createSparseFile(options.folder, 'film.mp4', 20 * MiB)),
  ]);
  const { ticket, key } = await response.json();
  await waitFor(ada, 'film.mp4', 'stored', 'failed');

  const grace = await signIn(browser, options, 'Grace');
  const send = (path, body) => grace.evaluate(async ([to, json]) => {
    const response = await fetch(to, { method: 'POST', headers: { 'content-type': 'application/json' }, body: json });
    return { status: response.status, detail: (await response.json()).detail };
  }, [path, JSON.stringify(body)]);
  const results = [
    await send('/uploads/parts', { ticket, uploadId: 'x', from: 1, count: 1 }),
    await send('/uploads/finish', { ticket, uploadId: 'x' }),
    await send('/uploads/done', { ticket }),
  ];
  const link = await grace.evaluate(async path => (await fetch(path)).status, `/files/link?key=${encodeURIComponent(key)}`);
  throwIfProblems(ada);
  throwIfProblems(grace);
  return { results, link, note: await grace.locator('#files-note').textContent() };
}

export async function phone(browser, options) {
  const page = await signIn(browser, options, 'Ada', { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, colorScheme: 'dark' });
  const name = `a-name-without-spaces-that-is-longer-than-the-screen-of-a-phone-${'x'.repeat(30)}.txt`;
  await choose(page, createFile(options.folder, name, 'hello'));
  await waitFor(page, name, 'stored', 'failed');
  await file(page, name).getByRole('button', { name: 'Link' }).tap();
  await page.getByText(/Expires in/).waitFor();
  const result = await page.evaluate(() => ({
    overflow: document.documentElement.scrollWidth - innerWidth,
    smallTargets: [...document.querySelectorAll('button, a.button, #picker')].filter(element => element.checkVisibility() && element.getBoundingClientRect().height < 44).map(element => element.textContent),
    background: getComputedStyle(document.body).backgroundColor,
  }));
  throwIfProblems(page);
  return result;
}

/** Uploads to a real store, whose clock cannot be moved and whose responses cannot be delayed. */
export async function liveStore(browser, options) {
  const page = await signIn(browser, options);
  await choose(page, createFile(options.folder, 'notes.txt', 'hello'), createSparseFile(options.folder, 'film.mp4', 40 * MiB));
  const small = await waitFor(page, 'notes.txt', 'stored', 'failed');
  const large = await waitFor(page, 'film.mp4', 'stored', 'failed');
  const downloaded = await download(page, () => file(page, 'notes.txt').getByRole('link', { name: 'Download' }).click());

  // An upload that the store has deleted during a pause.
  const session = await page.context().newCDPSession(page);
  await session.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 16 * MiB });
  const parts = watchParts(page);
  await choose(page, createSparseFile(options.folder, 'flight.mp4', 80 * MiB));
  await untilParts(parts, 1);
  await upload(page, 'flight.mp4').getByRole('button', { name: 'Pause' }).click();
  await waitFor(page, 'flight.mp4', 'paused');
  const aborted = await abortUpload(page);
  await upload(page, 'flight.mp4').getByRole('button', { name: 'Resume' }).click();
  const resumed = await waitFor(page, 'flight.mp4', 'stored', 'failed');
  // The test checks the number, and shows why a file is missing.
  await page.waitForFunction(() => document.querySelectorAll('#files .row').length === 3).catch(() => {});
  return { small, large, downloaded, aborted, resumed, rows: await page.locator('#files .row').count() };
}

export async function uppy(browser, options) {
  const page = await signIn(browser, options);
  await serveUppy(page, options);
  const result = await page.evaluate(async ({ mode, files }) => {
    const { Uppy, AwsS3 } = await import('/test/uppy.mjs');
    const uploader = new Uppy();
    uploader.use(AwsS3, {
      shouldUseMultipart: false,
      ...mode === 'companion' ? { companionEndpoint: '/uploads/uppy' } : {
        signRequest: async request => {
          const response = await fetch('/uploads/uppy', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(request) });
          const signed = await response.json();
          if (!response.ok) {
            throw new Error(signed.detail);
          }

          return signed;
        },
      },
    });
    for (const { name, type, content } of files) {
      uploader.addFile({ name, type, data: new Blob([content], { type }) });
    }

    const { successful, failed } = await uploader.upload();
    return {
      successful: successful.map(file => ({ name: file.name, key: file.response.body.key })),
      failed: failed.map(file => ({ name: file.name, error: String(file.error) })),
    };
  }, options);
  await page.reload();
  await page.waitForFunction(count => document.querySelectorAll('#files .row').length === count, result.successful.length);
  throwIfProblems(page);
  return { ...result, listed: await page.locator('#files .name').allTextContents() };
}
