/** UCUM units in Prometheus' words (prometheus/otlptranslator). */
const UNITS: Readonly<Record<string, string>> = {
  d: 'days',
  h: 'hours',
  min: 'minutes',
  s: 'seconds',
  ms: 'milliseconds',
  us: 'microseconds',
  ns: 'nanoseconds',
  By: 'bytes',
  KiBy: 'kibibytes',
  MiBy: 'mebibytes',
  GiBy: 'gibibytes',
  TiBy: 'tibibytes',
  KBy: 'kilobytes',
  MBy: 'megabytes',
  GBy: 'gigabytes',
  TBy: 'terabytes',
  m: 'meters',
  V: 'volts',
  A: 'amperes',
  J: 'joules',
  W: 'watts',
  g: 'grams',
  Cel: 'celsius',
  Hz: 'hertz',
  '1': '',
  '%': 'percent',
};

const PER_UNITS: Readonly<Record<string, string>> = {
  s: 'second',
  m: 'minute',
  h: 'hour',
  d: 'day',
  w: 'week',
  mo: 'month',
  y: 'year',
};

/** A unit as parts of a metric name: `By/s` is `bytes` and `per_second`. Each may be ''. */
export type UnitWords = { readonly main: string; readonly per: string };

/** The words of a UCUM unit; annotations (`{request}`) are no unit. */
export function unitWords(unit: string): UnitWords {
  const cut = unit.indexOf('/');
  const [main, per] = cut < 0 ? [unit, ''] : [unit.slice(0, cut), unit.slice(cut + 1)];
  const perWord = wordOf(per, PER_UNITS);
  return { main: wordOf(main, UNITS), per: perWord === '' ? '' : `per_${perWord}` };
}

function wordOf(part: string, words: Readonly<Record<string, string>>): string {
  const text = part.trim();
  if (/[{}]/.test(text)) return '';
  return Object.hasOwn(words, text) ? (words[text] ?? '') : text;
}

/** A word of a unit as it may stand in a name without UTF-8. */
export function escapedUnitWord(word: string): string {
  return word.replace(/[^a-zA-Z0-9:]+/g, '_').replace(/^_/, '');
}
