import { openModel } from './model.js';
import { photoInput } from './photo_input.js';

/**
 * `read(name)` gives a file of the export as an ArrayBuffer. What comes back takes the pixels of a photo, see
 * photo_input.js, and gives [{ label, probability }, …] in the model's own order.
 */
export async function openClassifier(read) {
  const readText = async (name) => new TextDecoder().decode(await read(name));
  const { spec } = JSON.parse(await readText('preprocessing.json'));
  const lines = (await readText('labels.txt')).split('\n').slice(0, -1);
  const labels = lines.map((line) => line.slice(line.indexOf(' ') + 1));
  const run = await openModel(read);
  const numChannels = spec.channelOrder === 'grey' ? 1 : 3;
  const shape = [1, spec.inputHeight, spec.inputWidth, numChannels];
  return async (picture) => {
    const probabilities = await run(photoInput(picture, spec), shape);
    return labels.map((label, i) => ({ label, probability: probabilities[i] }));
  };
}

/** The most probable of the answers. */
export function bestOf(answers) {
  return answers.reduce((best, each) => (each.probability > best.probability ? each : best));
}
