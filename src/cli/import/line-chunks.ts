import { CHUNK_BYTES, type ImportChunk } from './import-chunk.ts';

const LF = 0x0a;

/**
 * Chunks of whole lines, sent as they are, from the line `fromLine` on. A text in quotes that holds the end of a line
 * (InfluxDB) may be cut where a chunk ends, and is then refused.
 */
export async function* lineChunks(stream: AsyncIterable<Buffer>, fromLine: number): AsyncGenerator<ImportChunk> {
  let parts: Buffer[] = [];
  let bytes = 0;
  let line = 1;
  for await (const part of stream) {
    parts.push(part);
    bytes += part.length;
    if (bytes < CHUNK_BYTES) continue;
    const all = Buffer.concat(parts);
    const end = all.lastIndexOf(LF) + 1;
    if (end > 0) {
      const rows = countLines(all.subarray(0, end));
      yield* fromThere(all.subarray(0, end), line, rows, fromLine);
      line += rows;
    }
    parts = [all.subarray(end)];
    bytes = all.length - end;
  }
  const rest = Buffer.concat(parts);
  if (rest.length > 0) yield* fromThere(rest, line, countLines(rest), fromLine);
}

function* fromThere(body: Buffer, first: number, rows: number, fromLine: number): Generator<ImportChunk> {
  const skipped = Math.max(0, fromLine - first);
  if (skipped >= rows) return;
  let at = 0;
  for (let i = 0; i < skipped; i += 1) at = body.indexOf(LF, at) + 1;
  yield {
    body: body.subarray(at),
    rows: rows - skipped,
    lineOf: (position) => first + skipped + position - 1,
    lastLine: first + rows - 1,
    refused: [],
  };
}

function countLines(bytes: Buffer): number {
  let lines = bytes.at(-1) === LF ? 0 : 1;
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) lines += 1;
  return lines;
}
