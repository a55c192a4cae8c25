import { inflateSync } from 'node:zlib';

/** What is told of the frames of a stream; `version` is that of the frame, `1` or `2`. */
export type FrameReceiver = {
  readonly window: (size: number) => void;
  /** An event in JSON; its bytes are not kept. */
  readonly json: (sequence: number, payload: Uint8Array, version: number) => void;
  /** An event as pairs of name and value. */
  readonly pairs: (sequence: number, pairs: readonly (readonly [string, string])[], version: number) => void;
};

/** Frames with this many bytes are broken, or hostile. */
const MAX_FRAME_BYTES = 16 * 1024 * 1024;
/** A compressed frame holds a batch of events; unpacking it holds up all inputs, for about a tenth of a second at most. */
const MAX_UNPACKED_BYTES = 32 * 1024 * 1024;
const MAX_PAIRS = 10_000;
const [VERSION_1, VERSION_2] = [0x31, 0x32];
const TYPE = { window: 0x57, json: 0x4a, data: 0x44, compressed: 0x43 };

/** The stream cannot be read on. */
export class BrokenFrame extends Error {}

/** How many bytes were read, and how many are needed from there to go on. */
export type Progress = { readonly used: number; readonly needed: number };

/**
 * Reads frames of Lumberjack 1 and 2 (https://github.com/logstash-plugins/logstash-input-beats/blob/main/PROTOCOL.md).
 * Throws {@link BrokenFrame}.
 */
export function readFrames(bytes: Uint8Array, receiver: FrameReceiver, isInner = false): Progress {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let used = 0;
  while (used < bytes.length) {
    const length = frameLength(bytes, view, used);
    if (length > bytes.length - used) return { used, needed: length };
    readFrame(bytes.subarray(used, used + length), receiver, isInner);
    used += length;
  }
  return { used, needed: 1 };
}

/** Length of the frame at `at`, or as much of it as is known to be needed. */
function frameLength(bytes: Uint8Array, view: DataView, at: number): number {
  const version = bytes[at];
  if (version !== VERSION_1 && version !== VERSION_2)
    throw new BrokenFrame('it begins with no version of the protocol');
  if (bytes.length - at < 6) return 6;
  const length = lengthOf(bytes, view, at);
  if (length > MAX_FRAME_BYTES) throw new BrokenFrame(`it has more than ${MAX_FRAME_BYTES} bytes`);
  return length;
}

function lengthOf(bytes: Uint8Array, view: DataView, at: number): number {
  switch (bytes[at + 1]) {
    case TYPE.window:
      return 6;
    case TYPE.compressed:
      return 6 + view.getUint32(at + 2);
    case TYPE.json:
      return bytes.length - at < 10 ? 10 : 10 + view.getUint32(at + 6);
    case TYPE.data:
      return dataLength(view, at);
    default:
      throw new BrokenFrame('its type is not known');
  }
}

/** Each name and each value has its length before it. */
function dataLength(view: DataView, at: number): number {
  const there = view.byteLength - at;
  if (there < 10) return 10;
  const count = view.getUint32(at + 6);
  if (count > MAX_PAIRS) throw new BrokenFrame(`it has more than ${MAX_PAIRS} fields`);
  let length = 10;
  for (let i = 0; i < count * 2; i++) {
    if (there < length + 4) return length + 4;
    length += 4 + view.getUint32(at + length);
    if (length > MAX_FRAME_BYTES) return length;
  }
  return length;
}

function readFrame(frame: Uint8Array, receiver: FrameReceiver, isInner: boolean): void {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  const [version = 0, type] = frame;
  const number = view.getUint32(2);
  if (type === TYPE.window) receiver.window(number);
  else if (type === TYPE.json) receiver.json(number, frame.subarray(10), version);
  else if (type === TYPE.data) receiver.pairs(number, pairsOf(frame, view), version);
  else if (isInner) throw new BrokenFrame('a compressed frame within another');
  else readCompressed(frame.subarray(6), receiver);
}

function readCompressed(packed: Uint8Array, receiver: FrameReceiver): void {
  let unpacked: Uint8Array;
  try {
    unpacked = inflateSync(packed, { maxOutputLength: MAX_UNPACKED_BYTES });
  } catch (cause) {
    throw new BrokenFrame(`a compressed frame cannot be unpacked, or has more than ${MAX_UNPACKED_BYTES} bytes`, {
      cause,
    });
  }
  if (readFrames(unpacked, receiver, true).used < unpacked.length)
    throw new BrokenFrame('a compressed frame ends early');
}

function pairsOf(frame: Uint8Array, view: DataView): (readonly [string, string])[] {
  let at = 10;
  const text = (): string => {
    const length = view.getUint32(at);
    const start = frame.byteOffset + at + 4;
    at += 4 + length;
    return Buffer.from(frame.buffer, start, length).toString();
  };
  return Array.from({ length: view.getUint32(6) }, () => [text(), text()] as const);
}
