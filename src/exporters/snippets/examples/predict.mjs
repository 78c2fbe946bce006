// Classifies photos, a line of JSON for each: node predict.mjs PHOTO …

import { basename } from 'node:path';
import { bestOf } from './classifier.js';
import { openInNode, readPhoto } from './in_node.mjs';

const classify = await openInNode();
for (const path of process.argv.slice(2)) {
  try {
    const answers = await classify(await readPhoto(path));
    const probabilities = answers.map(({ probability }) => Number(probability.toFixed(6)));
    const answer = { file: basename(path), class: bestOf(answers).label, probabilities };
    console.log(JSON.stringify(answer));
  } catch (error) {
    console.error(`${path}: ${error.message}`);
    process.exitCode = 1;
  }
}
