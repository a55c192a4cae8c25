import { CollectError } from '#core/plugin/collect-error.ts';
import type { SocketTalk } from '#core/plugin/target-context.ts';
import { headOf } from './ber.ts';
import { decodeAnswer, type LdapAnswer, OPERATIONS } from './messages.ts';

const SEQUENCE = 0x30;
const LARGEST_BYTES = 65_536;

/** The next message. Throws `CollectError`. */
export async function readMessage(talk: SocketTalk, signal: AbortSignal): Promise<LdapAnswer> {
  const head = await talk.readBytes(2, signal);
  if (head[0] !== SEQUENCE) throw notLdap();
  const second = head.readUInt8(1);
  const more = second < 0x80 ? Buffer.alloc(0) : await talk.readBytes(Math.min(second & 0x7f, 4), signal);
  try {
    const { length } = headOf(Buffer.concat([head, more]));
    if (length > LARGEST_BYTES) throw new CollectError('too_large', 'its answer is larger than what is read');
    return decodeAnswer(await talk.readBytes(length, signal));
  } catch (error) {
    if (error instanceof RangeError) throw notLdap(error);
    throw error;
  }
}

/** What ends an operation: its result code and text, and how many entries came before. Throws `CollectError`. */
export async function readResult(talk: SocketTalk, id: number, signal: AbortSignal) {
  let entries = 0;
  for (;;) {
    const answer = await readMessage(talk, signal);
    // Number 0 is of the server itself: it takes leave (RFC 4511 §4.4.1).
    if (answer.id !== id && answer.id !== 0) throw notLdap();
    if (answer.code !== undefined) return { code: answer.code, text: answer.text ?? '', entries };
    if (answer.operation === OPERATIONS.entry) entries++;
  }
}

function notLdap(cause?: unknown): CollectError {
  return new CollectError('protocol', 'what came is no message of LDAP', { cause });
}
