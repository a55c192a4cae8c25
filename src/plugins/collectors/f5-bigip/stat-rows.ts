import { CollectError } from '#core/plugin/collect-error.ts';

/** The figures of one thing: numbers and texts by name. */
export type StatRow = ReadonlyMap<string, number | string>;

type Entry = { value?: unknown; description?: unknown; nestedStats?: { entries?: Entries } };
type Entries = Readonly<Record<string, Entry>>;

/** JSON of the device. Throws `protocol`. */
export function parseAnswer(text: string): Readonly<Record<string, unknown>> {
  try {
    const parsed = JSON.parse(text) as unknown;
    if (typeof parsed === 'object' && parsed !== null) return parsed as Readonly<Record<string, unknown>>;
  } catch {
    // Told below.
  }
  throw new CollectError(
    'protocol',
    `this is no answer of iControl REST; it begins with ${JSON.stringify(text.slice(0, 60))}`,
  );
}

/**
 * The rows of a stats answer: iControl nests them under URLs, as deep as it likes; each with the last part of its URL.
 * What is not there, as when a module is not provisioned, has no rows.
 */
export function statRows(text: string): readonly (readonly [name: string, row: StatRow])[] {
  const { entries } = parseAnswer(text) as { entries?: Entries };
  return rowsIn(entries ?? {}, '');
}

function rowsIn(entries: Entries, name: string): (readonly [string, StatRow])[] {
  const row = new Map<string, number | string>();
  const nested: (readonly [string, StatRow])[] = [];
  for (const [key, { value, description, nestedStats }] of Object.entries(entries)) {
    if (nestedStats !== undefined) nested.push(...rowsIn(nestedStats.entries ?? {}, lastPart(key)));
    else if (typeof value === 'number') row.set(key, value);
    else if (typeof description === 'string') row.set(key, description);
  }
  return row.size === 0 ? nested : [[name, row], ...nested];
}

function lastPart(url: string): string {
  return (
    url
      .replace(/\/stats$/, '')
      .split('/')
      .at(-1) ?? ''
  );
}
