// Takes the screenshots of the README: start the sample, then run node screenshots.mjs http://localhost:5090/ FOLDER
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { choose, createFile, createSparseFile, file, MiB, signIn, upload, waitFor } from './page.mjs';

const [url, target] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'presignkit-screenshots-'));
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
try {
  await take('direct-upload.png', { viewport: { width: 880, height: 900 } });
  await take('direct-upload-dark.png', { viewport: { width: 880, height: 900 }, colorScheme: 'dark' });
  await take('direct-upload-phone.png', { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
} finally {
  await browser.close();
  rmSync(folder, { recursive: true });
}

async function take(name, options) {
  const page = await signIn(browser, { url }, 'Ada', { timezoneId: 'Europe/Warsaw', ...options });
  if (await page.locator('#files .row').count() === 0) {
    await choose(
      page,
      createFile(folder, 'Minutes of March 14.pdf', 'x'.repeat(184_000)),
      createFile(folder, 'Łódź in the evening.png', await paint(page, '#f6c177', '#31508c', '#14213d')),
      createFile(folder, 'Lake.png', await paint(page, '#dff1fb', '#7fb3d5', '#2e6f57')));
    await waitFor(page, 'Lake.png', 'stored');
    await waitFor(page, 'Łódź in the evening.png', 'stored');
    await waitFor(page, 'Minutes of March 14.pdf', 'stored');
    while (await page.getByRole('button', { name: 'Dismiss' }).count() > 0) {
      await page.getByRole('button', { name: 'Dismiss' }).first().click();
    }
  }

  // On a slow network, an upload stays in the middle long enough.
  const session = await page.context().newCDPSession(page);
  await session.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 12 * MiB });
  await choose(page, createSparseFile(folder, 'Flight over the coast.mp4', 96 * MiB), createFile(folder, 'index.html', '<p>hello</p>'));
  await waitFor(page, 'index.html', 'failed');
  await file(page, 'Lake.png').getByRole('button', { name: 'Link' }).click();
  await page.getByText(/Expires in/).waitFor();
  await page.waitForFunction(() => [...document.images].every(image => image.complete));
  await page.waitForFunction(() => document.querySelector('.upload progress').value > 40);
  await page.mouse.move(0, 0);
  await page.evaluate(() => {
    document.activeElement.blur();
    scrollTo(0, 0);
  });
  await page.screenshot({ path: join(target, name), fullPage: true });
  await upload(page, 'Flight over the coast.mp4').getByRole('button', { name: 'Cancel' }).click();
  await page.context().close();
}

/** Paints hills under a sky, as a PNG. */
async function paint(page, sky, far, near) {
  const base64 = await page.evaluate(([top, middle, bottom]) => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 192, height: 192 });
    const context = canvas.getContext('2d');
    context.fillStyle = top;
    context.fillRect(0, 0, 192, 192);
    for (const [color, y, height] of [[middle, 110, 40], [bottom, 150, 25]]) {
      context.fillStyle = color;
      context.beginPath();
      context.moveTo(0, 192);
      context.lineTo(0, y);
      context.bezierCurveTo(60, y - height * 2, 110, y + height, 192, y - height);
      context.lineTo(192, 192);
      context.fill();
    }

    return canvas.toDataURL('image/png').split(',')[1];
  }, [sky, far, near]);
  return Buffer.from(base64, 'base64');
}
