// Presigns requests and forms with the AWS SDK for JavaScript. Reads a job as JSON from the standard input, and writes {"urls": [...], "forms": [...]} to the standard output.
// With --check, it only loads the packages.
import * as sdk from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { readFileSync } from 'node:fs';

if (!process.argv.includes('--check')) {
  const job = JSON.parse(readFileSync(0, 'utf8'));
  const clientFor = (request) => new sdk.S3Client({
    region: job.region,
    endpoint: request.isVirtualHosted ? job.localhost : job.endpoint,
    forcePathStyle: !request.isVirtualHosted,
    credentials: { accessKeyId: job.accessKeyId, secretAccessKey: job.secretAccessKey },
    ...(request.checksums && { requestChecksumCalculation: request.checksums }),
  });

  const urls = [];
  for (const request of job.requests) {
    urls.push(await getSignedUrl(clientFor(request), new sdk[request.operation + 'Command'](request.parameters), {
      expiresIn: request.expiresIn,
      signableHeaders: new Set(request.signableHeaders),
      unhoistableHeaders: new Set(request.unhoistableHeaders),
    }));
  }

  const forms = [];
  for (const form of job.forms) {
    forms.push(await createPresignedPost(clientFor(form), {
      Bucket: form.bucket, Key: form.key, Fields: form.fields, Conditions: form.conditions, Expires: form.expiresIn,
    }));
  }

  process.stdout.write(JSON.stringify({ urls, forms }));
}
