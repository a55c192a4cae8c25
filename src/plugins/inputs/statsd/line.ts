/** `etsy`: as statsd itself reads lines. `extended`: besides, tags in the name and DogStatsD's types. */
export const STATSD_DIALECTS = ['etsy', 'extended'] as const;
export type StatsdDialect = (typeof STATSD_DIALECTS)[number];

/** What one value of a line does. `key`: sanitised name, then its tags: `name;k=v;…`. */
export type Measurement = {
  readonly kind: 'counter' | 'timer' | 'gauge' | 'gauge_change' | 'set';
  readonly key: string;
  readonly value: number;
  /** As sent: what sets count. */
  readonly text: string;
  /** How many events the value stands for: 1 / sample rate. */
  readonly weight: number;
};

export type LineReceiver = {
  readonly measurement: (measurement: Measurement) => void;
  /** One value, or the whole line, that says nothing. */
  readonly bad: (detail: string) => void;
};

const KINDS: Readonly<Record<string, Measurement['kind']>> = { ms: 'timer', s: 'set', c: 'counter', m: 'counter' };
const EXTENDED_KINDS: Readonly<Record<string, Measurement['kind']>> = { ...KINDS, h: 'timer', d: 'timer' };

/**
 * Reads `name:value|type[|@rate][:value|type…][|#tags]` as statsd 0.10 does (stats.js, `handlePacket`): a type it does
 * not know is a counter, a line without a value counts one event of no type and is therefore bad. Tags are DogStatsD's.
 */
export function readStatsdLine(line: string, dialect: StatsdDialect, receiver: LineReceiver): void {
  const [body, tags] = splitTags(line);
  const [name = '', ...values] = body.split(':');
  const key = keyOf(name, tags, dialect);
  if (key === undefined) return receiver.bad('no name is left of it');
  if (values.length === 0) return receiver.bad('there is no value');
  for (const value of values) {
    const measurement = readValue(key, value, dialect);
    if (typeof measurement === 'string') receiver.bad(measurement);
    else receiver.measurement(measurement);
  }
}

/** The line without its tags, and the tags; what follows them (`|@0.1`, `|c:id`) stays where the sample rate is read. */
function splitTags(line: string): [string, readonly string[]] {
  const at = line.indexOf('|#');
  if (at < 0) return [line, []];
  const end = line.indexOf('|', at + 2);
  const tags = line.slice(at + 2, end < 0 ? undefined : end).split(',');
  const rate = end < 0 ? undefined : /\|@[^|]*/.exec(line.slice(end))?.[0];
  return [line.slice(0, at) + (rate ?? ''), tags.map((tag) => tag.trim().replace(':', '=')).filter(Boolean)];
}

function keyOf(name: string, tags: readonly string[], dialect: StatsdDialect): string | undefined {
  const [first = '', ...inName] = dialect === 'extended' ? name.split(',') : [name];
  const sanitised = sanitise(first);
  if (sanitised.replace(/^[.;]+/, '') === '') return undefined;
  const all = [...inName, ...tags].map(tagText).filter((tag) => tag !== undefined);
  return [sanitised, ...all].join(';');
}

/** `sanitizeKeyName` of statsd. */
function sanitise(name: string): string {
  return name
    .replace(/\s+/g, '_')
    .replace(/\//g, '-')
    .replace(/[^a-zA-Z_\-0-9.;=]/g, '');
}

/** A tag in Graphite's spelling. One without a value says that it is there. */
function tagText(tag: string): string | undefined {
  const cut = tag.indexOf('=');
  const key = (cut < 0 ? tag : tag.slice(0, cut)).replace(/[\s;!^=\x00-\x1f\x7f]/g, '_');
  const value = cut < 0 ? 'true' : tag.slice(cut + 1).replace(/[;\x00-\x1f\x7f]|^~/g, '_');
  return key === '' || value === '' ? undefined : `${key}=${value}`;
}

function readValue(key: string, bit: string, dialect: StatsdDialect): Measurement | string {
  const [text = '', type, rate] = bit.split('|').map((field) => field.trim());
  if (type === undefined) return `"${bit}" has no type`;
  const kind = kindOf(type, text, dialect);
  if (kind === undefined) return `"${type}" is no type`;
  const weight = rate === undefined ? 1 : weightOf(rate);
  if (weight === undefined) return `"${rate ?? ''}" is no sample rate`;
  const value = kind === 'set' ? 0 : numberOf(text);
  if (value === undefined) return `"${text}" is no number`;
  if (kind === 'timer' && value < 0) return `"${text}" is no duration`;
  return { kind, key, value, text: text === '' ? '0' : text, weight };
}

function kindOf(type: string, text: string, dialect: StatsdDialect): Measurement['kind'] | undefined {
  if (type === 'g') return /^[-+]/.test(text) ? 'gauge_change' : 'gauge';
  return dialect === 'extended' ? EXTENDED_KINDS[type] : (KINDS[type] ?? 'counter');
}

function weightOf(rate: string): number | undefined {
  const value = rate.startsWith('@') ? numberOf(rate.slice(1)) : undefined;
  return value !== undefined && value > 0 ? 1 / value : undefined;
}

function numberOf(text: string): number | undefined {
  const value = text === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : undefined;
}
