import { readBytes } from '../engine/decode.ts';
import { decodePixels } from '../engine/decodePixels.ts';
import { element } from './element.ts';
import type { Classifier } from './loadClassifier.ts';
import { percent, problemTexts, texts } from './texts.ts';

/** Classifies files that are picked, dropped anywhere on the page, or pasted, one row each. */
export function filesPanel(classifier: Classifier): HTMLElement {
  const input = element('input', {
    type: 'file',
    multiple: true,
    accept: 'image/*',
    className: 'visually-hidden',
    ariaLabel: texts.choosePhotos,
  });
  const rows = element('tbody', {});
  const headings = [texts.photo, texts.file, texts.class, texts.probability];
  const table = element(
    'table',
    { hidden: true },
    element('caption', { className: 'visually-hidden' }, texts.photos),
    element(
      'thead',
      {},
      element('tr', {}, ...headings.map((text) => element('th', { scope: 'col' }, text))),
    ),
    rows,
  );
  const progress = element('p', { className: 'soft', role: 'status' });

  const classifyAll = async (files: readonly File[]) => {
    table.hidden = false;
    for (const [index, file] of files.entries()) {
      progress.textContent = texts.classifying(index + 1, files.length);
      rows.prepend(await classifyFile(file, classifier));
    }
    progress.textContent = texts.classified(files.length);
  };
  // One batch after the other, so that a second drop neither mixes nor waits for a reload.
  let queue = Promise.resolve();
  const add = (files: Iterable<File>) => {
    const batch = [...files];
    if (batch.length > 0) queue = queue.then(() => classifyAll(batch));
  };

  input.addEventListener('change', () => {
    add(input.files ?? []);
    input.value = '';
  });
  addEventListener('dragover', (event) => {
    event.preventDefault();
  });
  addEventListener('drop', (event) => {
    event.preventDefault();
    add(event.dataTransfer?.files ?? []);
  });
  addEventListener('paste', (event) => {
    add(event.clipboardData?.files ?? []);
  });

  const zone = element(
    'label',
    { className: 'zone' },
    input,
    element('strong', {}, texts.choosePhotos),
    element('span', { className: 'soft' }, texts.orDrop),
  );
  return element('section', { ariaLabel: texts.photos }, zone, progress, table);
}

async function classifyFile(file: File, classifier: Classifier): Promise<HTMLTableRowElement> {
  const bytes = await readBytes(file);
  const decoded =
    bytes.status === 'decoded' ? await decodePixels(file, bytes.value, classifier.spec) : bytes;
  const name = element('td', { className: 'file', title: file.name }, file.name);
  if (decoded.status === 'rejected') {
    const reason = element('td', { colSpan: 2, className: 'problem' });
    reason.textContent = problemTexts[decoded.problem];
    return element('tr', {}, element('td', {}), name, reason);
  }
  const probabilities = await classifier.classify(decoded.value);
  const largest = Math.max(...probabilities);
  const label = classifier.labels[probabilities.indexOf(largest)] ?? '';
  return element(
    'tr',
    {},
    element('td', {}, thumbnail(file)),
    name,
    element('td', { className: 'class' }, label),
    element('td', { className: 'value' }, percent(largest)),
  );
}

function thumbnail(file: File): HTMLImageElement {
  const url = URL.createObjectURL(file);
  const image = element('img', { src: url, alt: '', width: 48, height: 48 });
  const release = () => {
    URL.revokeObjectURL(url);
  };
  image.addEventListener('load', release);
  image.addEventListener('error', release);
  return image;
}
