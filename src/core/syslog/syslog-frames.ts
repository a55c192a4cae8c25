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
  let held: Uint8Array = new Uint8Array(0);
  let skipCount = 0;
  let skipLine = false;

  const take = (bytes: Uint8Array): void => {
    if (bytes.length > maxBytes) receiver.tooLong();
    else if (bytes.length > 0) receiver.frame(bytes);
  };
  /** How many bytes of `bytes` from `at` were dealt with; 0 = more are needed. */
  const step = (bytes: Uint8Array, at: number): number => {
    if (skipCount > 0) {
      const skipped = Math.min(skipCount, bytes.length - at);
      skipCount -= skipped;
      return skipped;
    }
    const counted = skipLine ? undefined : octetCount(bytes, at);
    if (counted === 'open') return 0;
    if (counted !== undefined) {
      if (counted.length > maxBytes) {
        receiver.tooLong();
        skipCount = counted.length;
        return counted.header;
      }
      const end = at + counted.header + counted.length;
      if (end > bytes.length) return 0;
      take(bytes.subarray(at + counted.header, end));
      return end - at;
    }
    return line(bytes, at);
  };
  const line = (bytes: Uint8Array, at: number): number => {
    const end = bytes.indexOf(LF, at);
    if (end < 0) {
      if (bytes.length - at <= maxBytes) return 0;
      if (!skipLine) receiver.tooLong();
      skipLine = true;
      return bytes.length - at;
    }
    if (!skipLine) take(trimEnd(bytes.subarray(at, end)));
    skipLine = false;
    return end + 1 - at;
  };
  return {
    read: (bytes) => {
      const all = held.length === 0 ? bytes : joined(held, bytes);
      let at = 0;
      while (at < all.length) {
        const used = step(all, at);
        if (used === 0) break;
        at += used;
      }
      held = at < all.length ? all.slice(at) : new Uint8Array(0);
    },
    end: () => {
      const counted = octetCount(held, 0);
      const from = typeof counted === 'object' ? counted.header : 0;
      if (!skipLine && skipCount === 0) take(trimEnd(held.subarray(from)));
      held = new Uint8Array(0);
      skipLine = false;
      skipCount = 0;
    },
  };
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
