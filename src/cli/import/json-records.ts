import { buffer } from 'node:stream/consumers';
import { AppError, messageOf } from '#core/errors.ts';
import { type ImportChunk, type ImportRecord, recordChunks } from './import-chunk.ts';
import { peek } from './import-source.ts';
import { lineChunks } from './line-chunks.ts';

/**
 * Chunks of a file of JSON: records on lines of their own are sent as they are; an array is read whole, the lines of its
 * records are their places in it, from 1. Throws `bad_request` for an array that is none.
 */
export async function* jsonChunks(stream: AsyncIterable<Buffer>, fromLine: number): AsyncGenerator<ImportChunk> {
  const [start, whole] = await peek(stream);
  if (start.toString().trimStart().startsWith('[')) yield* recordChunks(arrayRecords(whole, fromLine));
  else yield* lineChunks(whole, fromLine);
}

async function* arrayRecords(stream: AsyncIterable<Buffer>, fromLine: number): AsyncGenerator<ImportRecord> {
  const records = parseArray(await buffer(stream));
  for (const [i, record] of records.entries()) {
    if (i + 1 >= fromLine) yield { line: i + 1, json: JSON.stringify(record) };
  }
}

function parseArray(bytes: Buffer): readonly unknown[] {
  try {
    return JSON.parse(bytes.toString()) as readonly unknown[];
  } catch (cause) {
    throw new AppError('bad_request', `the file begins like a JSON array and is none: ${messageOf(cause)}`, { cause });
  }
}
