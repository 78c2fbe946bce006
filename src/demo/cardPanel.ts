import { element } from './element.ts';
import type { CardFacts } from './readCard.ts';
import { percent, texts } from './texts.ts';

/** Where the model comes from and how often it is right, folded away until asked for. */
export function cardPanel({
  trainedOn,
  baseName,
  baseLicence,
  numTrained,
  accuracy,
}: CardFacts): HTMLElement {
  const rows: readonly (readonly [string, string])[] = [
    [texts.trainedOn, `${trainedOn} · ${texts.photoCount(numTrained)}`],
    [
      texts.accuracy,
      accuracy === null
        ? texts.notMeasured
        : texts.measured(
            percent(accuracy.share),
            `${percent(accuracy.low)} – ${percent(accuracy.high)}`,
            accuracy.numPhotos,
          ),
    ],
    [texts.base, baseLicence === null ? baseName : `${baseName} · ${baseLicence}`],
  ];
  return element(
    'details',
    { className: 'card' },
    element('summary', {}, texts.aboutModel),
    element(
      'dl',
      {},
      ...rows.flatMap(([term, text]) => [element('dt', {}, term), element('dd', {}, text)]),
    ),
  );
}
