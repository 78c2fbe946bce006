import { element } from './element.ts';
import { percent } from './texts.ts';

export interface Bars {
  readonly node: HTMLElement;
  /** [numClasses] */
  readonly show: (probabilities: ArrayLike<number>) => void;
}

/** A bar for each class; the likeliest stands out. The numbers are text, the bars only decoration. */
export function createBars(labels: readonly string[]): Bars {
  const rows = labels.map((label) => {
    const fill = element('div', { className: 'fill' });
    const value = element('span', { className: 'value' }, '');
    const track = element('div', { className: 'track', ariaHidden: 'true' }, fill);
    const name = element('span', { className: 'name', title: label }, label);
    return { fill, value, node: element('li', {}, name, value, track) };
  });
  const show = (probabilities: ArrayLike<number>) => {
    const largest = Math.max(...Array.from(probabilities));
    for (const [index, { fill, value, node }] of rows.entries()) {
      const probability = probabilities[index] ?? 0;
      fill.style.inlineSize = `${(probability * 100).toFixed(1)}%`;
      value.textContent = percent(probability);
      node.classList.toggle('likeliest', probability === largest);
    }
  };
  return { node: element('ol', { className: 'bars' }, ...rows.map(({ node }) => node)), show };
}
