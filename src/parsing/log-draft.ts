import type { LogFields } from '#core/model/log-record.ts';

/** A record while it is being made: what formats and steps of rules write to. One is used again for every line of a parser. */
export class LogDraft {
  /** Ms since the epoch; NaN = the line bears no time. */
  t = Number.NaN;
  severity = 0;
  host = '';
  service = '';
  source = '';
  body = '';
  traceId = '';
  spanId = '';
  /** Names and values in turn. Names may repeat until {@link uniqueFields}. */
  fields: string[] = [];
  /** Of the sender; rules read them and do not write them. */
  resource: LogFields = [];

  /** Adds a field unless it is empty or `-`, which is how most formats write "none". */
  put(name: string, value: string | undefined): void {
    if (value !== undefined && value !== '' && value !== '-') this.fields.push(name, value);
  }

  /** The value of a field, or of a part of the record by its name; undefined where there is none. */
  get(name: string): string | undefined {
    for (let i = this.fields.length - 2; i >= 0; i -= 2) if (this.fields[i] === name) return this.fields[i + 1];
    return undefined;
  }

  /** Takes a field away. */
  remove(name: string): void {
    for (let i = this.fields.length - 2; i >= 0; i -= 2) if (this.fields[i] === name) this.fields.splice(i, 2);
  }

  /** Sets a field in the place of what it held. */
  replace(name: string, value: string): void {
    for (let i = 0; i < this.fields.length; i += 2) {
      if (this.fields[i] !== name) continue;
      this.fields[i + 1] = value;
      return;
    }
    this.fields.push(name, value);
  }
}

/** Fields with each name once: the last value wins; nothing is copied where names are unique already. */
export function uniqueFields(fields: string[]): string[] {
  const count = fields.length / 2;
  if (count > 40) return [...pairsOf(fields)].flat();
  for (let i = 2; i < fields.length; i += 2) {
    for (let earlier = 0; earlier < i; earlier += 2) {
      if (fields[earlier] === fields[i]) return [...pairsOf(fields)].flat();
    }
  }
  return fields;
}

/** A map of names and values in turn. */
export function pairsOf(fields: readonly string[]): Map<string, string> {
  const pairs = new Map<string, string>();
  for (let i = 0; i < fields.length; i += 2) pairs.set(fields[i] ?? '', fields[i + 1] ?? '');
  return pairs;
}
