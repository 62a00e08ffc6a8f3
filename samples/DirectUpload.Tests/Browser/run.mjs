// Runs one scenario in a headless browser and writes its result as JSON: node run.mjs NAME '{"url": "…", "folder": "…"}'
// With --check, it only checks that everything is installed.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import * as scenarios from './scenarios.mjs';
import { uppyBundle } from './uppy.mjs';

const [name, json] = process.argv.slice(2);
if (!existsSync(uppyBundle)) {
  throw new Error(`${uppyBundle} does not exist.`);
}

// Chromium's sandbox does not work for root and in most containers.
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox'] });
try {
  if (name !== '--check') {
    process.stdout.write(JSON.stringify(await scenarios[name](browser, JSON.parse(json)) ?? {}));
  }
} finally {
  await browser.close();
}
