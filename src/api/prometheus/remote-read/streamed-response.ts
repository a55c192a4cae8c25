import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { crc32c } from '#core/bytes/crc32c.ts';
import type { Labels } from '#core/model/labels.ts';
import { Turn } from '#query/graphite/turn.ts';
import type { SourceSeries } from '#query/promql/source.ts';
import { writeLabels } from './sampled-response.ts';
import { encodeXorChunk, SAMPLES_PER_CHUNK } from './xor-chunk.ts';

/** The content type of a stream of frames of `ChunkedReadResponse`. */
export const STREAMED_TYPE = 'application/x-streamed-protobuf; proto=prometheus.ChunkedReadResponse';

/** Bytes of the chunks of a frame, as in Prometheus; a series with more of them goes on in the next frame. */
const FRAME_BYTES = 1024 * 1024;
const XOR = 1;

/**
 * The frames of a `STREAMED_XOR_CHUNKS` answer (prometheus/prompb/remote.proto), one result for each query: a varint of the
 * length, the CRC-32C of the message and the message, which has a part of one series. Series come in the order of their
 * labels, as readers merge them by it.
 */
export async function* streamedFrames(results: readonly (readonly SourceSeries[])[]): AsyncGenerator<Uint8Array> {
  const turn = new Turn();
  for (const [query, series] of results.entries()) {
    for (const one of inOrder(series)) {
      for (const chunks of frameChunks(one)) {
        yield frameOf(messageOf(one.labels, chunks, query));
        await turn.pass();
      }
    }
  }
}

/** A stretch of samples as a chunk. */
type Chunk = { readonly from: number; readonly to: number; readonly bytes: Uint8Array };

function* frameChunks({ samples }: SourceSeries): Generator<readonly Chunk[]> {
  let chunks: Chunk[] = [];
  let size = 0;
  for (let at = 0; at < samples.t.length; at += SAMPLES_PER_CHUNK) {
    const end = Math.min(at + SAMPLES_PER_CHUNK, samples.t.length);
    const bytes = encodeXorChunk(samples, at, end);
    chunks.push({ from: samples.t[at] as number, to: samples.t[end - 1] as number, bytes });
    size += bytes.length;
    if (size < FRAME_BYTES) continue;
    yield chunks;
    [chunks, size] = [[], 0];
  }
  if (chunks.length > 0) yield chunks;
}

function messageOf(labels: Labels, chunks: readonly Chunk[], query: number): Uint8Array {
  const writer = new BinaryWriter();
  writer.tag(1, WireType.LengthDelimited).fork();
  writeLabels(writer, labels);
  for (const { from, to, bytes } of chunks) {
    writer.tag(2, WireType.LengthDelimited).fork();
    writer.tag(1, WireType.Varint).int64(from).tag(2, WireType.Varint).int64(to).tag(3, WireType.Varint).int32(XOR);
    writer.tag(4, WireType.LengthDelimited).bytes(bytes).join();
  }
  writer.join();
  if (query > 0) writer.tag(2, WireType.Varint).int64(query);
  return writer.finish();
}

function frameOf(message: Uint8Array): Uint8Array {
  const length = new BinaryWriter().uint32(message.length).finish();
  const frame = Buffer.alloc(length.length + 4 + message.length);
  frame.set(length);
  frame.writeUInt32BE(crc32c(message), length.length);
  frame.set(message, length.length + 4);
  return frame;
}

/** By the first label name or value in which two differ, in the order of their bytes. */
function inOrder(series: readonly SourceSeries[]): readonly SourceSeries[] {
  const keyed = series.map((one) => ({ one, key: wordsOfLabels(one.labels) }));
  return keyed.sort((a, b) => compare(a.key, b.key)).map(({ one }) => one);
}

const wordsOfLabels = (labels: Labels): string[] =>
  Object.keys(labels)
    .toSorted()
    .flatMap((name) => [name, labels[name] ?? '']);

function compare(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    if (a[i] !== b[i]) return Buffer.compare(Buffer.from(a[i] as string), Buffer.from(b[i] as string));
  }
  return a.length - b.length;
}
