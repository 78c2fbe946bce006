import { asList, asNumber, asRecord, asText, parseJson } from '../network/jsonChecks.ts';

/** What the page tells of `model_card.json`. */
export interface CardFacts {
  /** Day, as in ISO 8601. */
  readonly trainedOn: string;
  readonly baseName: string;
  readonly baseLicence: string | null;
  /** Photos that it was trained on. */
  readonly numTrained: number;
  /** `null` where no photos were held out. */
  readonly accuracy: {
    readonly share: number;
    readonly low: number;
    readonly high: number;
    readonly numPhotos: number;
  } | null;
}

/** Errors: base-invalid, with the field named. */
export function readCard(json: string): CardFacts {
  const card = parseJson(json, 'model_card.json');
  const base = asRecord(card['base'], 'base');
  const trained = asList(card['classes'], 'classes').map((each) =>
    asNumber(asRecord(each, 'a class')['train'], 'train'),
  );
  return {
    trainedOn: asText(card['trainedAt'], 'trainedAt').slice(0, 10),
    baseName: asText(base['name'], 'name'),
    baseLicence: base['licence'] === null ? null : asText(base['licence'], 'licence'),
    numTrained: trained.reduce((sum, count) => sum + count, 0),
    accuracy: card['heldOut'] === null ? null : readAccuracy(card['heldOut']),
  };
}

function readAccuracy(value: unknown): CardFacts['accuracy'] {
  const heldOut = asRecord(value, 'heldOut');
  const interval = asRecord(heldOut['interval'], 'interval');
  return {
    share: asNumber(heldOut['accuracy'], 'accuracy'),
    low: asNumber(interval['low'], 'low'),
    high: asNumber(interval['high'], 'high'),
    numPhotos: asNumber(heldOut['numSamples'], 'numSamples'),
  };
}
