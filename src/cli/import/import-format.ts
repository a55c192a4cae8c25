import { AppError } from '#core/errors.ts';
import { nearestName } from '#core/nearest-name.ts';

/** What a file of samples may be written in. */
export const IMPORT_FORMATS = ['csv', 'json', 'graphite', 'influx', 'openmetrics'] as const;
export type ImportFormat = (typeof IMPORT_FORMATS)[number];

const BY_ENDING: Readonly<Record<string, ImportFormat>> = {
  ...{ csv: 'csv', tsv: 'csv' },
  ...{ json: 'json', ndjson: 'json', jsonl: 'json' },
  ...{ graphite: 'graphite', txt: 'graphite' },
  ...{ influx: 'influx', lp: 'influx', line: 'influx' },
  ...{ om: 'openmetrics', prom: 'openmetrics', openmetrics: 'openmetrics' },
};

/** The format that was asked for, or the one that the file's ending says. Throws `bad_request`. */
export function importFormat(path: string, asked: string | undefined): ImportFormat {
  if (asked !== undefined) {
    const found = IMPORT_FORMATS.find((format) => format === asked);
    if (found !== undefined) return found;
    const nearest = nearestName(asked, IMPORT_FORMATS) ?? '';
    throw new AppError('bad_request', `there is no format "${asked}"; did you mean ${nearest}?`);
  }
  const ending = path.replace(/\.gz$/, '').split('.').at(-1) ?? '';
  const found = BY_ENDING[ending.toLowerCase()];
  if (found !== undefined) return found;
  throw new AppError(
    'bad_request',
    `what ${path} is written in is not clear: add --format ${IMPORT_FORMATS.join('|')}`,
  );
}
