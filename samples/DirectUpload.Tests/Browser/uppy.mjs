// Uppy, which the page under test loads from its own origin: the prebuilt bundle, or the packages, which are newer.
// signRequest can return the fields of a form since @uppy/aws-s3 6.3.0. The latest bundle (uppy 6.0.1) contains version 6.1.0.
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export const uppyBundle = fileURLToPath(new URL('node_modules/uppy/dist/uppy.min.mjs', import.meta.url));

const packages = "export { default as Uppy } from '@uppy/core';\nexport { default as AwsS3 } from '@uppy/aws-s3';";

/** @param {import('playwright-core').Page} page */
export async function serveUppy(page, { usePackages }) {
  await page.route('**/test/uppy.mjs', async route => route.fulfill({
    contentType: 'text/javascript',
    ...usePackages ? { body: await bundlePackages() } : { path: uppyBundle },
  }));
}

async function bundlePackages() {
  const folder = fileURLToPath(new URL('.', import.meta.url));
  const result = await build({ stdin: { contents: packages, resolveDir: folder }, bundle: true, format: 'esm', write: false });
  return result.outputFiles[0].text;
}
