import { toGraftError } from '../domain/errors.ts';
import { cameraPanel } from './cameraPanel.ts';
import { cardPanel } from './cardPanel.ts';
import { element } from './element.ts';
import { filesPanel } from './filesPanel.ts';
import { loadClassifier, type Classifier } from './loadClassifier.ts';
import { language, texts } from './texts.ts';

/** The page that goes along with an exported classifier: it classifies the camera's picture and files. */
async function start(main: HTMLElement): Promise<void> {
  document.documentElement.lang = language;
  main.replaceChildren(element('p', { className: 'status', role: 'status' }, texts.loading));
  try {
    show(main, await loadClassifier(new URL('.', document.baseURI)));
  } catch (thrown) {
    const { message } = toGraftError(thrown);
    main.replaceChildren(
      element(
        'p',
        { className: 'status problem', role: 'alert' },
        `${texts.loadFailed} ${message}`,
      ),
    );
  }
  main.removeAttribute('aria-busy');
}

function show(main: HTMLElement, classifier: Classifier): void {
  document.title = classifier.modelName;
  main.replaceChildren(
    element(
      'header',
      {},
      element('h1', {}, classifier.modelName),
      element('p', { className: 'soft' }, texts.classes(classifier.labels.length)),
    ),
    element('div', { className: 'panels' }, cameraPanel(classifier), filesPanel(classifier)),
    ...(classifier.card === null ? [] : [cardPanel(classifier.card)]),
    element('footer', { className: 'soft' }, texts.privacy(classifier.backend)),
  );
}

const main = document.getElementById('demo');
if (main !== null) void start(main);
