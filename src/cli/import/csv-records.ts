import { pipeline, Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { AppError } from '#core/errors.ts';
import type { ImportRecord } from './import-chunk.ts';
import { peek } from './import-source.ts';

const TIMES = ['time', 'timestamp', 't'];
const NAMES = ['name', 'metric', 'path'];
const VALUES = ['value', 'v'];

/** What the columns of a file are. `wide`: each column that is not the time is a series. */
type Columns = {
  readonly header: readonly string[];
  readonly time: number;
  readonly long: { readonly name: number; readonly value: number } | undefined;
};

type ParsedRow = { readonly record: readonly string[]; readonly info: { readonly lines: number } };

/**
 * The samples of a CSV file (RFC 4180; comma, tab or semicolon) with a header: columns for time, name and value, any
 * other is a label; or a column for the time and one a series. Throws `bad_request` for a header that is neither.
 */
export async function* csvRecords(stream: AsyncIterable<Buffer>, fromLine: number): AsyncGenerator<ImportRecord> {
  const [start, whole] = await peek(stream);
  const options = { info: true, bom: true, relax_column_count: true, skip_empty_lines: true };
  const parser = pipeline(
    Readable.from(whole),
    parse({ ...options, delimiter: delimiterOf(start), record_delimiter: ['\r\n', '\n'] }),
    () => {}, // the iterator throws what went wrong
  );
  let columns: Columns | undefined;
  for await (const { record, info } of parser as AsyncIterable<ParsedRow>) {
    if (columns === undefined) columns = columnsOf(record);
    else if (info.lines >= fromLine) yield* recordsOf(columns, record, info.lines);
  }
}

function delimiterOf(start: Buffer): string {
  const [header = ''] = start.toString().split(/\r?\n/, 1);
  return [',', '\t', ';'].find((delimiter) => header.includes(delimiter)) ?? ',';
}

function columnsOf(row: readonly string[]): Columns {
  const header = row.map((name) => name.trim());
  const find = (names: readonly string[]) => header.findIndex((name) => names.includes(name.toLowerCase()));
  const [time, name, value] = [find(TIMES), find(NAMES), find(VALUES)];
  if (time >= 0 && name >= 0 && value >= 0) return { header, time, long: { name, value } };
  if (time >= 0 && name < 0 && header.length > 1) return { header, time, long: undefined };
  throw new AppError(
    'bad_request',
    `the header "${header.join(',')}" names no samples: it needs ${TIMES.join('|')}, and either ${NAMES.join('|')} and ${VALUES.join('|')}, or a column for each series`,
  );
}

function* recordsOf({ header, time, long }: Columns, row: readonly string[], line: number): Generator<ImportRecord> {
  if (row.length !== header.length) {
    yield { line, problem: `${row.length} columns, the header has ${header.length}` };
    return;
  }
  const t = row[time];
  if (long !== undefined) {
    const isLabel = (_: string, i: number) => i !== time && i !== long.name && i !== long.value;
    const labels = header.filter(isLabel).map((label) => [label, row[header.indexOf(label)]] as const);
    const sample = { name: row[long.name], labels: Object.fromEntries(labels), t, v: row[long.value] };
    yield { line, json: JSON.stringify(sample) };
    return;
  }
  for (const [i, name] of header.entries()) {
    if (i !== time && row[i] !== '') yield { line, json: JSON.stringify({ name, t, v: row[i] }) };
  }
}
