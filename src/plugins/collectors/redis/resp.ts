import { CollectError } from '#core/plugin/collect-error.ts';
import type { TcpConnection } from '#core/plugin/target-context.ts';

/** A reply of RESP2. Errors are thrown. */
export type Reply = string | number | null | readonly Reply[];

const MOST_ELEMENTS = 100_000;

/** A command as an array of bulk strings (RESP2). */
export function encodeCommand(words: readonly string[]): string {
  const bulks = words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`);
  return `*${words.length}\r\n${bulks.join('')}`;
}

/** Reads one reply. An error reply throws `auth` or `answer`, anything that is no RESP `protocol`. */
export async function readReply(connection: TcpConnection, signal: AbortSignal): Promise<Reply> {
  const line = await connection.readLine(signal);
  const rest = line.slice(1);
  switch (line[0]) {
    case '+':
      return rest;
    case '-':
      throw errorReply(rest);
    case ':':
      return lengthOf(line);
    case '$':
      return readBulk(connection, lengthOf(line), signal);
    case '*':
      return readArray(connection, lengthOf(line), signal);
    default:
      throw noReply(line);
  }
}

async function readBulk(connection: TcpConnection, length: number, signal: AbortSignal): Promise<string | null> {
  if (length < 0) return null;
  const block = await connection.readBytes(length + 2, signal);
  return block.toString('utf8', 0, length);
}

async function readArray(connection: TcpConnection, length: number, signal: AbortSignal): Promise<Reply[] | null> {
  if (length < 0) return null;
  if (length > MOST_ELEMENTS) throw new CollectError('too_large', `a reply of ${length} elements is not read`);
  const elements: Reply[] = [];
  for (let i = 0; i < length; i++) elements.push(await readReply(connection, signal));
  return elements;
}

function lengthOf(line: string): number {
  if (!/^.-?\d{1,15}$/.test(line)) throw noReply(line);
  return Number(line.slice(1));
}

function noReply(line: string): CollectError {
  return new CollectError('protocol', `this is no Redis: it answered ${JSON.stringify(line.slice(0, 60))}`);
}

function errorReply(text: string): CollectError {
  const isLogin = /^(NOAUTH|WRONGPASS|NOPERM|ERR invalid password|ERR AUTH|ERR Client sent AUTH)/.test(text);
  return new CollectError(isLogin ? 'auth' : 'answer', `Redis answered: ${text}`);
}
