// The scenarios of BrowserTests.cs. Each one returns what the page showed, and the test compares it with what the store received.
import { choose, countPartsAtATime, createFile, createSparseFile, download, file, MiB, signIn, throwIfProblems, untilParts, upload, waitFor, watchParts } from './page.mjs';
import { serveUppy } from './uppy.mjs';

const pixel = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

export async function smallFiles(browser, options) {
  const page = await signIn(browser, options);
  await choose(page, createFile(options.folder, 'notes.txt', 'hello'), createFile(options.folder, 'pixel.png', pixel));
  const state = await waitFor(page, 'notes.txt', 'stored', 'failed');
  await waitFor(page, 'pixel.png', 'stored', 'failed');
  const downloaded = await download(page, () => file(page, 'notes.txt').getByRole('link', { name: 'Download' }).click());
  const image = file(page, 'pixel.png').locator('img');
  await image.waitFor();
  await page.waitForFunction(element => element.complete, await image.elementHandle());
  const imageWidth = await image.evaluate(element => element.naturalWidth);
  const summary = await page.locator('#files-summary').textContent();
  const announced = await page.getByRole('status').first().textContent();
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
  await page.getByText(/Interrupted at/).waitFor();
  const interrupted = await upload(page, 'film.mp4').locator('.state').textContent();

  const chooseAgain = async other => {
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), upload(page, 'film.mp4').getByRole('button', { name: 'Choose file' }).click()]);
    await chooser.setFiles(other);
  };
  await chooseAgain(createSparseFile(options.folder, 'other.mp4', 200 * MiB));
  await page.getByText('This is a different file').first().waitFor();
  const rejected = await upload(page, 'film.mp4').locator('.state').textContent();
  await chooseAgain(path);
  const state = await waitFor(page, 'film.mp4', 'stored', 'failed');
  const remembered = await page.evaluate(() => localStorage.getItem('unfinished-uploads/ada'));
  throwIfProblems(page);
  return { interrupted, rejected, state, remembered };
}

export async function lostResponses(browser, options) {
  const page = await signIn(browser, options);
  // The store handles the requests, but the page does not receive the responses.
  const lost = [];
  await page.route(url => url.searchParams.has('X-Amz-Signature'), async route => {
    const request = route.request();
    const query = new URL(request.url()).searchParams;
    const isComplete = request.method() === 'POST' && query.has('uploadId');
    const isPut = request.method() === 'PUT' && !query.has('uploadId');
    const kind = isComplete ? 'complete' : 'put';
    if ((isComplete || isPut) && !lost.includes(kind)) {
      lost.push(kind);
      // Playwright does not pass on a body that is a file.
      await route.fetch(isPut ? { postData: 'hello' } : {});
      await route.abort('connectionreset');
    } else {
      await route.continue();
    }
  });
  await choose(page, createFile(options.folder, 'notes.txt', 'hello'), createSparseFile(options.folder, 'film.mp4', 20 * MiB));
  const small = await waitFor(page, 'notes.txt', 'stored', 'failed');
  const large = await waitFor(page, 'film.mp4', 'stored', 'failed');
  await file(page, 'film.mp4').waitFor();
  return { lost, small, large, rows: await page.locator('#files .row').count() };
}

export async function expiredUrls(browser, options) {
  const page = await signIn(browser, options);
  const parts = watchParts(page);
  await choose(page, createSparseFile(options.folder, 'film.mp4', 80 * MiB));
  await untilParts(parts, 2);
  const moved = await page.evaluate(async () => {
    const until = new Date(Date.now() + 10 * 60_000).toISOString();
    return (await fetch('/clock', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ until }) })).status;
  });
  const state = await waitFor(page, 'film.mp4', 'stored', 'failed');
  throwIfProblems(page);
  return { moved, state };
}

export async function discardAfterReload(browser, options) {
  const page = await signIn(browser, options);
  const parts = watchParts(page);
  page.on('dialog', dialog => dialog.accept());
  await choose(page, createSparseFile(options.folder, 'film.mp4', 80 * MiB));
  await untilParts(parts, 2);
  await page.reload();
  await page.getByText(/Interrupted at/).waitFor();
  const [aborted] = await Promise.all([
    page.waitForResponse(response => response.request().method() === 'DELETE'),
    upload(page, 'film.mp4').getByRole('button', { name: 'Discard' }).click(),
  ]);
  throwIfProblems(page);
  return { status: aborted.status(), rows: await page.locator('#uploads .row').count(), remembered: await page.evaluate(() => localStorage.getItem('unfinished-uploads/ada')) };
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
  const question = await page.locator('#delete-question').textContent();
  await page.getByRole('button', { name: 'Keep' }).click();
  const elements = await page.locator('#files .name *, #delete-question *').count();
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
  const renewed = await stranger.request.get(await row.getByLabel('Link', { exact: true }).inputValue());
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
  await page.getByText(/up to 1 GB each/).waitFor();
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
  await tabTo('Delete');
  await page.keyboard.press('Enter');
  await page.getByText('Nothing is stored yet.').waitFor();
  const afterDelete = await page.evaluate(() => document.activeElement.id);
  return { rings, afterDismiss, afterPause, afterResume, afterCancel, expanded, afterExpire, beforeDelete, kept, afterEscape, afterDelete };
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
  const page = await signIn(browser, options, 'Ada', { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, colorScheme: 'dark', reducedMotion: 'reduce' });
  const name = `a-name-without-spaces-that-is-longer-than-the-screen-of-a-phone-${'x'.repeat(30)}.txt`;
  await choose(page, createFile(options.folder, name, 'hello'));
  await waitFor(page, name, 'stored', 'failed');
  await file(page, name).getByRole('button', { name: 'Link' }).tap();
  await page.getByText(/Expires in/).waitFor();
  const result = await page.evaluate(() => ({
    overflow: document.documentElement.scrollWidth - innerWidth,
    smallTargets: [...document.querySelectorAll('button, a.button, #picker')].filter(element => element.checkVisibility() && element.getBoundingClientRect().height < 44).map(element => element.textContent),
    background: getComputedStyle(document.body).backgroundColor,
    transition: getComputedStyle(document.querySelector('.row')).transitionDuration,
  }));
  throwIfProblems(page);
  return result;
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
