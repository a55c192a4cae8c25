import { createReadStream } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { addAbortSignal, Readable } from 'node:stream';
import type { ClickHouseClient } from '@clickhouse/client';
import { AppError } from '#core/errors.ts';
import { type ByteAnswer, passOn, readAll } from './answer-bytes.ts';
import type { Connection } from './connection.ts';
import { quoteText } from './engine/literal.ts';
import { decodeNative } from './native/decode.ts';
import { isSpoolTable, type SpoolTable, spoolColumns, spoolStructure } from './schema/spool-tables.ts';
import { toInsertError, toStoreError } from './store-error.ts';
import type { QueryOptions, SpooledFiles, TelemetryStore } from './telemetry-store.ts';

export type StoreOptions = {
  readonly kind: 'embedded' | 'server';
  /** The client of now; throws `unavailable` while there is none. */
  readonly client: () => ClickHouseClient;
  /** A shorter way for reads without parameters, where there is one. */
  readonly read?: Connection['read'];
  readonly ping: (timeoutMs: number) => Promise<boolean>;
  /** Called when the rows of a samples file are stored, before the insert resolves. */
  readonly onSamples?: (file: string, token: string) => Promise<void>;
};

/** Settings of every statement, so that embedded engine and servers of any configuration answer alike. */
const SETTINGS = { output_format_json_quote_64bit_integers: 1 } as const;
/**
 * Settings of inserts: a foreign server may have other defaults, and a token without deduplication is worthless. All files of
 * an insert are one block, so that its parts are the same whenever it is repeated.
 */
const INSERT_SETTINGS = `async_insert = 0, max_insert_threads = 1, max_threads = 1, insert_deduplicate = 1,
  deduplicate_blocks_in_dependent_materialized_views = 1, min_insert_block_size_rows = 100000000,
  min_insert_block_size_bytes = 10000000000`;
/**
 * For what has so many different words that their index does not fit into memory as a whole: merges make it in pieces, and until
 * then the rows are found without.
 */
const INDEXES_LATER = 'materialize_skip_indexes_on_insert = 0';

/** The telemetry store over any client of the ClickHouse HTTP interface. */
export function createStore(options: StoreOptions): TelemetryStore {
  const ask = (sql: string, query: QueryOptions = {}): Promise<ByteAnswer> => execute(options, sql, query);
  const look = (sql: string, query: QueryOptions): Promise<ByteAnswer> => {
    if (options.read === undefined || query.params !== undefined) return ask(sql, query);
    return options.read(sql, { settings: { ...SETTINGS, ...query.settings }, signal: query.signal });
  };
  const whole = async (answer: Promise<ByteAnswer>, signal: AbortSignal | undefined): Promise<Uint8Array> => {
    try {
      return await readAll(await answer);
    } catch (error) {
      throw toStoreError(error, signal);
    }
  };
  // A kept connection may be closed by the other side in the moment of its use; a read changes nothing by repetition.
  const read = (sql: string, query: QueryOptions = {}): Promise<Uint8Array> =>
    whole(look(sql, query), query.signal).catch((error: unknown) => {
      if (!isReset(error) || query.signal?.aborted === true) throw error;
      return whole(look(sql, query), query.signal);
    });
  return {
    rows: async <Row>(sql: string, query?: QueryOptions) =>
      parseRows<Row>(await read(`${sql}\nFORMAT JSONEachRow`, query)),
    columns: async (sql, query) => decodeNative(await read(`${sql}\nFORMAT Native`, query)),
    stream: async (sql, format, query = {}) => {
      if (!/^\w+$/.test(format)) throw new AppError('bad_request', `"${format}" is not a format`);
      const answer = await ask(`${sql}\nFORMAT ${format}`, query).catch((error: unknown) => {
        throw toStoreError(error, query.signal);
      });
      return typed(passOn(answer), query.signal);
    },
    command: async (sql, query) => void (await whole(ask(sql, query), query?.signal)),
    insertFile: (table, file, token) => insertFiles(options, { table, files: [file], tokens: [token], token }),
    insertFiles: (table, spooled, token) => insertFiles(options, { table, ...spooled, token }),
    ping: options.ping,
  };
}

function isReset(error: unknown): boolean {
  const cause = error instanceof AppError ? error.cause : error;
  return (cause as { code?: unknown } | undefined)?.code === 'ECONNRESET';
}

async function execute(
  { client }: StoreOptions,
  sql: string,
  { params, settings, signal }: QueryOptions,
  values?: Readable,
): Promise<ByteAnswer> {
  const { stream, response_headers: headers } = await client().exec({
    query: sql,
    query_params: { ...params },
    clickhouse_settings: { ...SETTINGS, ...settings },
    ...(signal === undefined ? {} : { abort_signal: signal }),
    ...(values === undefined ? {} : { values }),
  });
  if (signal !== undefined) addAbortSignal(signal, stream);
  return { stream, exceptionTag: headers['x-clickhouse-exception-tag']?.toString() };
}

function parseRows<Row>(bytes: Uint8Array): Row[] {
  const lines = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString().split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Row);
}

async function* typed(source: AsyncIterable<Uint8Array>, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
  try {
    yield* source;
  } catch (error) {
    throw toStoreError(error, signal);
  }
}

type Insert = SpooledFiles & { readonly table: string; readonly token: string };

async function insertFiles(options: StoreOptions, { table, files, tokens, token }: Insert): Promise<void> {
  if (!isSpoolTable(table)) throw new AppError('bad_request', `there is no table "${table}" for spool files`);
  const settings = `SETTINGS insert_deduplication_token = ${quoteText(token)}, ${INSERT_SETTINGS}`;
  const wrap = (error: unknown): AppError => toInsertError(error, files.join(', '));
  try {
    await insertInto(options, { table, files, settings }).catch((error: unknown) => {
      if (wrap(error).code !== 'limit_memory') throw error;
      return insertInto(options, { table, files, settings: `${settings}, ${INDEXES_LATER}` });
    });
    if (table !== 'samples' || options.onSamples === undefined) return;
    for (const [i, file] of files.entries()) await options.onSamples(file, tokens[i] ?? token);
  } catch (error) {
    throw wrap(error);
  }
}

type Source = { readonly table: SpoolTable; readonly files: readonly string[]; readonly settings: string };

async function insertInto(options: StoreOptions, { table, files, settings }: Source): Promise<void> {
  const columns = spoolColumns(table);
  if (options.kind === 'server') {
    const sql = `INSERT INTO ${table} (${columns}) ${settings} FORMAT Native`;
    await readAll(await execute(options, sql, {}, Readable.from(bytesOf(files))));
    return;
  }
  const source = `file(${quoteText(patternOf(files))}, 'Native', ${quoteText(spoolStructure(table))})`;
  const sql = `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM ${source} ${settings}`;
  await readAll(await execute(options, sql, {}));
}

/** Files of one folder by the engine's pattern for several. */
function patternOf(files: readonly string[]): string {
  const [first = ''] = files;
  return files.length === 1
    ? resolve(first)
    : join(dirname(resolve(first)), `{${files.map((file) => basename(file)).join(',')}}`);
}

/** Blocks of the Native format follow one another. */
async function* bytesOf(files: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const file of files) yield* createReadStream(file) as AsyncIterable<Uint8Array>;
}
