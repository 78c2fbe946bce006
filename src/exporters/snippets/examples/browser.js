import { openInBrowser, readPhoto } from './in_browser.js';

const input = document.querySelector('#photos');
const status = document.querySelector('[role=status]');
const list = document.querySelector('.photos');

try {
  // The exported files lie in the folder above this page.
  const classify = await openInBrowser(new URL('..', document.baseURI));
  input.addEventListener('change', () => classifyAll([...input.files], classify));
  input.disabled = false;
  status.textContent = '';
} catch (error) {
  status.textContent = `The model could not be opened: ${error.message}`;
}

async function classifyAll(files, classify) {
  list.replaceChildren();
  const unreadable = [];
  for (const [i, file] of files.entries()) {
    status.textContent = `Photo ${i + 1} of ${files.length}`;
    const photo = await readPhoto(file).catch(() => null);
    if (photo === null) unreadable.push(file.name);
    else list.append(photoItem(file, await classify(photo)));
  }
  status.textContent = unreadable.map((name) => `${name} is no photo that can be read.`).join(' ');
}

function photoItem(file, answers) {
  const image = element('img', { src: URL.createObjectURL(file), alt: '' });
  image.addEventListener('load', () => URL.revokeObjectURL(image.src));
  const rows = answers
    .toSorted((a, b) => b.probability - a.probability)
    .map(({ label, probability }) => {
      const percent = element('output', { textContent: `${(100 * probability).toFixed(1)} %` });
      const bar = element('meter', { value: probability, ariaLabel: label });
      return element('li', {}, element('span', { textContent: label }), percent, bar);
    });
  const name = element('h2', { textContent: file.name });
  return element('li', {}, image, element('div', {}, name, element('ol', {}, ...rows)));
}

function element(tag, properties, ...children) {
  const result = Object.assign(document.createElement(tag), properties);
  result.append(...children);
  return result;
}
