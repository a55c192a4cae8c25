import { readFile } from 'node:fs/promises';
import type { LogParserCounts } from '#core/api/log-rule-api.ts';
import type { LogRules } from '#core/api/log-rules.ts';
import { AppError, messageOf } from '#core/errors.ts';
import type { LogRecord, RawLog } from '#core/model/log-record.ts';
import { createLogParser } from '#parsing/create-log-parser.ts';
import { geoLookup } from '#parsing/geo/geo-databases.ts';
import type { CountingLogParser, LogParser } from '#parsing/log-parser.ts';
import type { GeoLookup } from '#parsing/rules/geo-lookup.ts';

/** Lines without a zone are of this machine's. */
const MACHINE_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The parser of the thread: rules are exchanged between two lines. */
export class RuledParser implements LogParser {
  readonly #geoip: GeoLookup | undefined;
  #parser: CountingLogParser;

  /** What is broken in the rules is told to `onFault`; the rest of them works. */
  constructor(rules: LogRules, geoip: GeoLookup | undefined, onFault: (message: string) => void) {
    this.#geoip = geoip;
    this.#parser = createLogParser({
      ...this.#options(rules),
      onFault: ({ message }) => onFault(`a part of the log rules does not work: ${message}`),
    });
  }

  readonly parse = (raw: RawLog, now: number): LogRecord | undefined => this.#parser.parse(raw, now);

  /** Throws `bad_request`; then the rules before stay. */
  set(rules: LogRules): void {
    try {
      this.#parser = createLogParser(this.#options(rules));
    } catch (error) {
      throw new AppError('bad_request', messageOf(error), { cause: error });
    }
  }

  counts(): LogParserCounts {
    return this.#parser.counts();
  }

  #options(rules: LogRules) {
    return { rules, zone: MACHINE_ZONE, ...(this.#geoip === undefined ? {} : { geoip: this.#geoip }) };
  }
}

/** Reads GeoIP databases; undefined without any. Throws `bad_request` naming a file that cannot be read. */
export async function readGeoDatabases(paths: readonly string[]): Promise<GeoLookup | undefined> {
  if (paths.length === 0) return undefined;
  const lookups = paths.map(async (path) => {
    try {
      const bytes = await readFile(path);
      geoLookup([bytes]);
      return bytes;
    } catch (error) {
      const message = `the GeoIP database ${path} of ingest.geoip cannot be read (${messageOf(error)}): give the path of an .mmdb file, or take it out`;
      throw new AppError('bad_request', message, { cause: error });
    }
  });
  return geoLookup(await Promise.all(lookups));
}
