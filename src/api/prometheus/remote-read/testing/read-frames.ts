import { BinaryReader } from '@bufbuild/protobuf/wire';
import { crc32c } from '#core/bytes/crc32c.ts';

export type ReadChunk = {
  readonly from: number;
  readonly to: number;
  readonly type: number;
  readonly bytes: Uint8Array;
};
/** A frame of a streamed answer: a part of one series. */
export type ReadFrame = {
  readonly query: number;
  readonly labels: readonly (readonly [name: string, value: string])[];
  readonly chunks: readonly ReadChunk[];
};

/** The frames of an answer, as storage/remote/chunked.go of Prometheus reads them. Throws on a wrong checksum. */
export function readFrames(bytes: Uint8Array): ReadFrame[] {
  const frames: ReadFrame[] = [];
  for (let at = 0; at < bytes.length; ) {
    const reader = new BinaryReader(bytes.subarray(at));
    const length = reader.uint32();
    const start = at + reader.pos + 4;
    const message = bytes.subarray(start, start + length);
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    if (view.getUint32(start - 4) !== crc32c(message))
      throw new Error('chunkedReader: corrupted frame; checksum mismatch');
    frames.push(readFrame(message));
    at = start + length;
  }
  return frames;
}

function readFrame(message: Uint8Array): ReadFrame {
  const frame = { query: 0, labels: [] as [string, string][], chunks: [] as ReadChunk[] };
  eachField(message, (field, reader) => {
    if (field === 2) frame.query = Number(reader.int64());
    else
      eachField(reader.bytes(), (inner, series) => {
        if (inner === 1) frame.labels.push(readLabel(series.bytes()));
        else frame.chunks.push(readChunk(series.bytes()));
      });
  });
  return frame;
}

function readLabel(bytes: Uint8Array): [string, string] {
  const pair: [string, string] = ['', ''];
  eachField(bytes, (field, reader) => {
    pair[field === 1 ? 0 : 1] = reader.string();
  });
  return pair;
}

function readChunk(message: Uint8Array): ReadChunk {
  let [from, to, type, bytes] = [0, 0, 0, new Uint8Array()];
  eachField(message, (field, reader) => {
    if (field === 1) from = Number(reader.int64());
    else if (field === 2) to = Number(reader.int64());
    else if (field === 3) type = reader.int32();
    else bytes = Uint8Array.from(reader.bytes());
  });
  return { from, to, type, bytes };
}

function eachField(bytes: Uint8Array, take: (field: number, reader: BinaryReader) => void): void {
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) take(reader.tag()[0], reader);
}
