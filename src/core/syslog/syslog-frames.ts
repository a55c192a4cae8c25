/** What is told of a stream's frames. A frame is not kept by the splitter: it may be a part of the bytes that were read. */
export type SyslogFrameReceiver = {
  readonly frame: (bytes: Uint8Array) => void;
  /** A frame beyond the limit, passed over. */
  readonly tooLong: () => void;
};

/** Cuts a TCP stream, which may come in any pieces, into syslog messages. */
export type SyslogFrames = {
  readonly read: (bytes: Uint8Array) => void;
  /** The stream has ended: what is left is the last frame. */
  readonly end: () => void;
};

const LF = 10;
const SPACE = 32;

/**
 * Frames of RFC 6587: octet counting (`LEN SP MSG`) where a frame begins with a digit 1–9, else ended by LF (NUL and CR
 * before it are left off). Both may follow each other in one stream. A frame larger than `maxBytes` is passed over.
 */
export function syslogFrames(maxBytes: number, receiver: SyslogFrameReceiver): SyslogFrames {
  return new Framer(maxBytes, receiver);
}

class Framer implements SyslogFrames {
  readonly #maxBytes: number;
  readonly #receiver: SyslogFrameReceiver;
  #held: Uint8Array = new Uint8Array(0);
  #skipCount = 0;
  #skipLine = false;

  constructor(maxBytes: number, receiver: SyslogFrameReceiver) {
    this.#maxBytes = maxBytes;
    this.#receiver = receiver;
  }

  read(bytes: Uint8Array): void {
    const all = this.#held.length === 0 ? bytes : joined(this.#held, bytes);
    let at = 0;
    while (at < all.length) {
      const used = this.#step(all, at);
      if (used === 0) break;
      at += used;
    }
    this.#held = at < all.length ? all.slice(at) : new Uint8Array(0);
  }

  end(): void {
    const counted = octetCount(this.#held, 0);
    const from = typeof counted === 'object' ? counted.header : 0;
    if (!this.#skipLine && this.#skipCount === 0) this.#take(trimEnd(this.#held.subarray(from)));
    this.#held = new Uint8Array(0);
    this.#skipLine = false;
    this.#skipCount = 0;
  }

  #take(bytes: Uint8Array): void {
    if (bytes.length > this.#maxBytes) this.#receiver.tooLong();
    else if (bytes.length > 0) this.#receiver.frame(bytes);
  }

  /** How many bytes from `at` were dealt with; 0 = more are needed. */
  #step(bytes: Uint8Array, at: number): number {
    if (this.#skipCount > 0) {
      const skipped = Math.min(this.#skipCount, bytes.length - at);
      this.#skipCount -= skipped;
      return skipped;
    }
    const counted = this.#skipLine ? undefined : octetCount(bytes, at);
    if (counted === 'open') return 0;
    if (counted === undefined) return this.#line(bytes, at);
    if (counted.length > this.#maxBytes) {
      this.#receiver.tooLong();
      this.#skipCount = counted.length;
      return counted.header;
    }
    const end = at + counted.header + counted.length;
    if (end > bytes.length) return 0;
    this.#take(bytes.subarray(at + counted.header, end));
    return end - at;
  }

  #line(bytes: Uint8Array, at: number): number {
    const end = bytes.indexOf(LF, at);
    if (end < 0) {
      if (bytes.length - at <= this.#maxBytes) return 0;
      if (!this.#skipLine) this.#receiver.tooLong();
      this.#skipLine = true;
      return bytes.length - at;
    }
    if (!this.#skipLine) this.#take(trimEnd(bytes.subarray(at, end)));
    this.#skipLine = false;
    return end + 1 - at;
  }
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const all = new Uint8Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all;
}

/** The octet count at `at` with the length of its header; 'open' when the bytes end within it; undefined when there is none. */
function octetCount(bytes: Uint8Array, at: number): { header: number; length: number } | 'open' | undefined {
  const first = bytes[at] ?? 0;
  if (first < 49 || first > 57) return undefined;
  let length = 0;
  for (let i = at; i < at + 10; i++) {
    if (i >= bytes.length) return 'open';
    const code = bytes[i] ?? 0;
    if (code === SPACE) {
      if (i + 1 >= bytes.length) return 'open';
      return bytes[i + 1] === 60 ? { header: i + 1 - at, length } : undefined;
    }
    if (code < 48 || code > 57) return undefined;
    length = length * 10 + code - 48;
  }
  return undefined;
}

function trimEnd(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (end > 0 && (bytes[end - 1] === 13 || bytes[end - 1] === 0 || bytes[end - 1] === LF)) end--;
  return bytes.subarray(0, end);
}
