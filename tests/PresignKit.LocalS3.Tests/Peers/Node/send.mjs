// Sends requests with fetch, as a web page does, one after the other. Reads them as JSON from the standard input, and writes {"status": ..., "text": ...} for each to the standard output.
import { readFileSync } from 'node:fs';

const responses = [];
for (const { method, url, headers, body, fields } of JSON.parse(readFileSync(0, 'utf8'))) {
  let content = body;
  if (fields) {
    content = new FormData();
    Object.entries(fields).forEach(([name, value]) => content.append(name, value));
    content.append('file', new Blob([body]), 'a.txt');
  }

  const response = await fetch(url, { method, headers: headers ?? {}, body: content });
  responses.push({ status: response.status, text: await response.text() });
}

process.stdout.write(JSON.stringify(responses));
