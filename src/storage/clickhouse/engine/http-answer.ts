import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Writable } from 'node:stream';
import { createGzip } from 'node:zlib';
import type { Answer } from './engine.ts';
import { CODES, type EngineError } from './engine-error.ts';
import type { RunSummary } from './engine-session.ts';

/** Codes that a ClickHouse server answers with another status than 500. */
const STATUS: Readonly<Record<number, number>> = {
  [CODES.authenticationFailed]: 403,
  [CODES.syntaxError]: 400,
  [CODES.unknownSetting]: 404,
  60: 404,
  81: 404,
};

/** The answer to one request, written as a ClickHouse server does (docs: interfaces/http). */
export class HttpAnswer implements Answer {
  readonly #response: ServerResponse;
  readonly #compress: boolean;
  readonly #tag = randomBytes(8).toString('hex');
  #body: Writable | undefined;

  constructor(response: ServerResponse, compress: boolean) {
    this.#response = response;
    this.#compress = compress;
  }

  describe(queryId: string, format: string): void {
    this.#response.setHeader('X-ClickHouse-Query-Id', queryId.replace(/[^\x20-\x7e]/g, '?'));
    this.#response.setHeader('X-ClickHouse-Format', format);
    this.#response.setHeader('X-ClickHouse-Timezone', 'UTC');
  }

  begin(summary: RunSummary | undefined): void {
    if (this.#body !== undefined) return;
    this.#response.setHeader('X-ClickHouse-Summary', summaryHeader(summary));
    this.#response.setHeader('X-ClickHouse-Exception-Tag', this.#tag);
    this.#body = this.#response;
    if (!this.#compress) return;
    this.#response.setHeader('Content-Encoding', 'gzip');
    const gzip = createGzip({ level: 1 });
    gzip.pipe(this.#response);
    this.#body = gzip;
  }

  async write(bytes: Uint8Array): Promise<void> {
    const body = this.#body ?? this.#response;
    if (this.#response.destroyed) throw new Error('the client has gone');
    if (body.write(bytes)) return;
    const gone = new AbortController();
    const leave = (): void => gone.abort();
    this.#response.once('close', leave);
    await once(body, 'drain', { signal: gone.signal }).finally(() => this.#response.removeListener('close', leave));
  }

  end(): void {
    (this.#body ?? this.#response).end();
  }

  /** A fault before the first byte is the status; a later one stands at the end, marked by the tag of the header. */
  fail(error: EngineError): void {
    const text = error.message;
    if (this.#body === undefined && !this.#response.headersSent) {
      this.#response.statusCode = STATUS[error.code] ?? 500;
      this.#response.setHeader('X-ClickHouse-Exception-Code', String(error.code));
      this.#response.setHeader('Content-Type', 'text/plain; charset=UTF-8');
      this.#response.end(`${text}\n`);
      return;
    }
    const size = Buffer.byteLength(text) + 1;
    const mark = '\r\n__exception__\r\n';
    this.#body?.end(`${mark}${this.#tag}\r\n${text}\n${size} ${this.#tag}${mark}`);
  }
}

function summaryHeader(summary: RunSummary | undefined): string {
  const { rows = 0, bytes = 0, elapsedMs = 0 } = summary ?? {};
  return JSON.stringify({
    read_rows: String(rows),
    read_bytes: String(bytes),
    written_rows: '0',
    written_bytes: '0',
    total_rows_to_read: '0',
    result_rows: '0',
    result_bytes: '0',
    elapsed_ns: String(Math.round(elapsedMs * 1e6)),
  });
}
