import { csvText } from '../domain/csv.ts';
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
  const answers: (readonly string[])[] = [];
  const save = element('button', { type: 'button', hidden: true }, texts.saveCsv);
  save.addEventListener('click', () => {
    const columns = [texts.file, texts.class, texts.probability, ...classifier.labels];
    saveText(csvText([columns, ...answers]), 'predictions.csv');
  });

  const classifyAll = async (files: readonly File[]) => {
    table.hidden = false;
    for (const [index, file] of files.entries()) {
      progress.textContent = texts.classifying(index + 1, files.length);
      const { row, cells } = await classifyFile(file, classifier);
      rows.prepend(row);
      answers.push(cells);
    }
    progress.textContent = texts.classified(files.length);
    save.hidden = false;
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
  return element('section', { ariaLabel: texts.photos }, zone, progress, save, table);
}

interface Answer {
  readonly row: HTMLTableRowElement;
  /** Of a CSV: file, class, its probability, then that of every class. */
  readonly cells: readonly string[];
}

async function classifyFile(file: File, classifier: Classifier): Promise<Answer> {
  const bytes = await readBytes(file);
  const decoded =
    bytes.status === 'decoded' ? await decodePixels(file, bytes.value, classifier.spec) : bytes;
  const name = element('td', { className: 'file', title: file.name }, file.name);
  if (decoded.status === 'rejected') {
    const reason = element('td', { colSpan: 2, className: 'problem' });
    reason.textContent = problemTexts[decoded.problem];
    const row = element('tr', {}, element('td', {}), name, reason);
    return { row, cells: [file.name, problemTexts[decoded.problem]] };
  }
  const probabilities = await classifier.classify(decoded.value);
  const largest = Math.max(...probabilities);
  const label = classifier.labels[probabilities.indexOf(largest)] ?? '';
  const row = element(
    'tr',
    {},
    element('td', {}, thumbnail(file)),
    name,
    element('td', { className: 'class' }, label),
    element('td', { className: 'value' }, percent(largest)),
  );
  const shares = [largest, ...probabilities].map((share) => share.toFixed(6));
  return { row, cells: [file.name, label, ...shares] };
}

function saveText(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
  element('a', { href: url, download: name }).click();
  // The download begins with the click; the address is not needed after it.
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, 1000);
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
