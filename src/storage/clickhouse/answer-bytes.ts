import type { Readable } from 'node:stream';
import { parseError } from '@clickhouse/client';

/** An answer of the engine on its way. */
export type ByteAnswer = { readonly stream: Readable; readonly exceptionTag: string | undefined };

const TAIL_BYTES = 16 * 1024;

/** The whole answer. Throws what the engine reports at its end, and when it breaks off. */
export async function readAll(answer: ByteAnswer): Promise<Uint8Array> {
  const pieces: Buffer[] = [];
  for await (const piece of answer.stream as AsyncIterable<Buffer>) pieces.push(piece);
  const bytes = pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : Buffer.concat(pieces);
  const { fault } = splitTail(bytes.subarray(-TAIL_BYTES), answer.exceptionTag);
  if (fault !== undefined) throw fault;
  return bytes;
}

/** The answer piece by piece; only a possible report at its end is held back. Throws like {@link readAll}. */
export async function* passOn(answer: ByteAnswer): AsyncGenerator<Uint8Array> {
  let held: Buffer = Buffer.alloc(0);
  for await (const piece of answer.stream as AsyncIterable<Buffer>) {
    const joined = held.length === 0 ? piece : Buffer.concat([held, piece]);
    const cut = Math.max(0, joined.length - TAIL_BYTES);
    if (cut > 0) yield joined.subarray(0, cut);
    held = joined.subarray(cut);
  }
  const { data, fault } = splitTail(held, answer.exceptionTag);
  if (data.length > 0) yield data;
  if (fault !== undefined) throw fault;
}

/** A server that fails in the middle of an answer writes the fault behind it, between marks with the header's tag. */
function splitTail(tail: Buffer, tag: string | undefined): { data: Buffer; fault?: Error } {
  if (tag === undefined) return { data: tail };
  const opening = `\r\n__exception__\r\n${tag}\r\n`;
  const at = tail.lastIndexOf(opening);
  if (at === -1) return { data: tail };
  return { data: tail.subarray(0, at), fault: parseError(tail.subarray(at + opening.length).toString()) };
}
