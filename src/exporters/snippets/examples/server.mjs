// A small web server that answers a photo with JSON: PORT=8080 node server.mjs
// curl --data-binary @photo.jpg http://localhost:8080

import { createServer } from 'node:http';
import { bestOf } from './classifier.js';
import { openInNode, readPhoto } from './in_node.mjs';

const MAX_BYTES = 20 * 2 ** 20;

const classify = await openInNode();

const server = createServer(async (request, response) => {
  const [status, answer] = await answerTo(request).catch((error) => {
    console.error(error);
    return [500, { error: 'The model failed' }];
  });
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(`${JSON.stringify(answer)}\n`);
});

// Only this machine can ask it; HOST=0.0.0.0 opens it to others.
server.listen(Number(process.env.PORT ?? 8080), process.env.HOST ?? 'localhost', () => {
  console.log(`Listening on port ${server.address().port}`);
});

async function answerTo(request) {
  if (request.method !== 'POST') return [405, { error: 'POST a photo' }];
  const bytes = await bodyOf(request);
  if (bytes === null) return [413, { error: `More than ${MAX_BYTES} bytes` }];
  const photo = await readPhoto(bytes).catch(() => null);
  if (photo === null) return [400, { error: 'Not a photo that can be read' }];
  const answers = await classify(photo);
  const probabilities = answers.map(({ label, probability }) => [label, probability]);
  return [200, { class: bestOf(answers).label, probabilities: Object.fromEntries(probabilities) }];
}

/** `null` if it is too large; the rest is let go by, so that the answer arrives. */
async function bodyOf(request) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= MAX_BYTES) chunks.push(chunk);
  }
  return size <= MAX_BYTES ? Buffer.concat(chunks) : null;
}
