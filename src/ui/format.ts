import { useTranslation } from 'react-i18next';

export interface Format {
  readonly number: (value: number, maximumFractionDigits?: number) => string;
  /** `share` from 0 to 1. */
  readonly percent: (share: number, fractionDigits?: number) => string;
  /** With its sign, + too. */
  readonly signed: (value: number, fractionDigits: number) => string;
  /** A small positive one as digits and a power of ten, which no line breaks. */
  readonly scientific: (value: number) => string;
  /** Milliseconds since the epoch, as day and month. */
  readonly date: (at: number) => string;
  readonly time: (at: number) => string;
  /** Rounded to seconds, minutes or hours. */
  readonly duration: (seconds: number) => string;
  readonly bytes: (bytes: number) => string;
}

const MEGABYTE = 1_000_000;

/** Numbers, dates and sizes as the language writes them. */
export function createFormat(language: string): Format {
  const numberFormat = keptBy((options: Intl.NumberFormatOptions) => {
    return new Intl.NumberFormat(language, options);
  });
  const unit = (value: number, name: string, maximumFractionDigits = 0) => {
    const options = { style: 'unit', unit: name, unitDisplay: 'short' } as const;
    return numberFormat({ ...options, maximumFractionDigits }).format(value);
  };
  const dateFormat = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
  const timeFormat = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  return {
    number: (value, maximumFractionDigits = 0) =>
      numberFormat({ maximumFractionDigits }).format(value),
    percent: (share, fractionDigits = 0) =>
      numberFormat({
        style: 'percent',
        minimumFractionDigits: fractionDigits,
        maximumFractionDigits: fractionDigits,
      }).format(share),
    signed: (value, fractionDigits) =>
      numberFormat({
        signDisplay: 'exceptZero',
        minimumFractionDigits: fractionDigits,
        maximumFractionDigits: fractionDigits,
      }).format(value),
    // Browsers break lines behind a hyphen, but not behind a minus sign.
    scientific: (value) => value.toExponential(1).replace('-', '\u2212'),
    date: (at) => dateFormat.format(at),
    time: (at) => timeFormat.format(at),
    duration: (seconds) => {
      if (seconds < 60) return unit(Math.max(1, Math.round(seconds)), 'second');
      if (seconds < 3600) return unit(Math.round(seconds / 60), 'minute');
      return unit(seconds / 3600, 'hour', 1);
    },
    bytes: (bytes) =>
      bytes < MEGABYTE
        ? unit(Math.ceil(bytes / 1000), 'kilobyte')
        : unit(bytes / MEGABYTE, 'megabyte', 1),
  };
}

/** A formatter takes the browser far longer to make than to use. */
function keptBy<Options, Made>(make: (options: Options) => Made): (options: Options) => Made {
  const kept = new Map<string, Made>();
  return (options) => {
    const key = JSON.stringify(options);
    const made = kept.get(key) ?? make(options);
    kept.set(key, made);
    return made;
  };
}

const formatOf = keptBy(createFormat);

export function useFormat(): Format {
  return formatOf(useTranslation().i18n.language);
}
