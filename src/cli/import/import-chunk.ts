/** A line of a file that was refused, and why. */
export type RefusedLine = { readonly line: number; readonly reason: string; readonly detail?: string | undefined };

/** A part of a file that is sent as one request. */
export type ImportChunk = {
  readonly body: Uint8Array;
  /** Lines or records in it. */
  readonly rows: number;
  /** The line of the file behind a position of the body (from 1). */
  readonly lineOf: (position: number) => number;
  /** The last line of the file that is in it, or was before it. */
  readonly lastLine: number;
  /** Lines that are not even sent. */
  readonly refused: readonly RefusedLine[];
};

/** One record of a file as a line of JSON, or a line that cannot be one. */
export type ImportRecord = { readonly line: number } & ({ readonly json: string } | { readonly problem: string });

/** As much goes into one request. */
export const CHUNK_BYTES = 2 * 1024 * 1024;

/** Chunks of records, for formats that are turned into JSON on this side. */
export async function* recordChunks(records: AsyncIterable<ImportRecord>): AsyncGenerator<ImportChunk> {
  let gathered = new RecordGatherer();
  for await (const record of records) {
    gathered.add(record);
    if (gathered.bytes < CHUNK_BYTES) continue;
    yield gathered.chunk();
    gathered = new RecordGatherer();
  }
  if (!gathered.isEmpty) yield gathered.chunk();
}

class RecordGatherer {
  bytes = 0;
  readonly #json: string[] = [];
  readonly #lines: number[] = [];
  readonly #refused: RefusedLine[] = [];
  #lastLine = 0;

  get isEmpty(): boolean {
    return this.#json.length === 0 && this.#refused.length === 0;
  }

  add(record: ImportRecord): void {
    this.#lastLine = record.line;
    if ('problem' in record) {
      this.#refused.push({ line: record.line, reason: 'bad_line', detail: record.problem });
      return;
    }
    this.#json.push(record.json);
    this.#lines.push(record.line);
    this.bytes += record.json.length + 1;
  }

  chunk(): ImportChunk {
    const lines = this.#lines;
    return {
      body: Buffer.from(this.#json.join('\n')),
      rows: this.#json.length,
      lineOf: (position) => lines[position - 1] ?? this.#lastLine,
      lastLine: this.#lastLine,
      refused: this.#refused,
    };
  }
}
