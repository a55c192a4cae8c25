const HEADER_BYTES = 12;
const MAX_CHUNKS = 128;
/** A message whose chunks are not all there in time is given up. */
const MAX_AGE_MS = 5_000;
/** What may be gathered at a time: a sender of half messages takes no more. */
const MAX_MESSAGES = 1_000;
const MAX_BYTES = 32 * 1024 * 1024;

type Message = {
  readonly startedAt: number;
  readonly parts: (Uint8Array | undefined)[];
  missing: number;
  bytes: number;
};

/** True for a datagram that is a chunk of a message. */
export function isChunk(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1e && bytes[1] === 0x0f;
}

/** What became of a chunk: the message when it is whole, how many messages were given up for it; or that it is none. */
export type Added = { readonly message?: Uint8Array; readonly lost: number } | 'broken';

/** Puts chunks of messages together, which may come in any order, twice, or never. */
export class Chunks {
  readonly #messages = new Map<string, Message>();
  #bytes = 0;

  /** `sender` keeps ids of different senders apart; `now` in ms. */
  add(chunk: Uint8Array, sender: string, now: number): Added {
    const [sequence = 0, count = 0] = [chunk[10], chunk[11]];
    if (chunk.length <= HEADER_BYTES || count === 0 || count > MAX_CHUNKS || sequence >= count) return 'broken';
    const lost = this.#expire(now);
    const id = `${sender} ${Buffer.from(chunk.subarray(2, 10)).toString('latin1')}`;
    const message = this.#messages.get(id) ?? this.#start(id, count, now);
    if (message.parts.length !== count) return 'broken';
    if (message.parts[sequence] === undefined) {
      const part = chunk.slice(HEADER_BYTES);
      message.parts[sequence] = part;
      message.missing -= 1;
      message.bytes += part.length;
      this.#bytes += part.length;
    }
    if (message.missing > 0) return { lost };
    this.#forget(id, message);
    return { message: Buffer.concat(message.parts.filter((part) => part !== undefined)), lost };
  }

  #start(id: string, count: number, now: number): Message {
    const message: Message = { startedAt: now, parts: Array.from({ length: count }), missing: count, bytes: 0 };
    this.#messages.set(id, message);
    return message;
  }

  /** Gives up what is too old, and the oldest when there is too much. */
  #expire(now: number): number {
    let lost = 0;
    for (const [id, message] of this.#messages) {
      const isTooMuch = this.#messages.size >= MAX_MESSAGES || this.#bytes > MAX_BYTES;
      if (now - message.startedAt < MAX_AGE_MS && !isTooMuch) break;
      this.#forget(id, message);
      lost += 1;
    }
    return lost;
  }

  #forget(id: string, { bytes }: Message): void {
    this.#messages.delete(id);
    this.#bytes -= bytes;
  }
}
