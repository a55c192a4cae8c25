import { uncompressSnappy } from '#core/bytes/snappy.ts';
import type { ReaderFactory, SampleWriter } from '#core/plugin/input.ts';
import { canonicalKeyOf, describeLabels } from './label-pairs.ts';
import { readRequest1 } from './read-request-1.ts';
import { readRequest2 } from './read-request-2.ts';

const MAX_UNCOMPRESSED_BYTES = 64 * 2 ** 20;

/**
 * Readers of snappy-compressed requests of remote write 1.0 and 2.0. The position of a record is that of its series in the
 * request, from 1. They throw `bad_request` when the bytes are no such request.
 */
export const remoteWrite1Reader: ReaderFactory = (writer) => requestReader(writer, readRequest1);
export const remoteWrite2Reader: ReaderFactory = (writer) => requestReader(writer, readRequest2);

function requestReader(
  writer: SampleWriter,
  readRequest: (bytes: Uint8Array, writer: SampleWriter) => void,
): ReturnType<ReaderFactory> {
  writer.spelling = canonicalKeyOf;
  writer.describe = describeLabels;
  return {
    read: (bytes) => {
      readRequest(uncompressSnappy(bytes, MAX_UNCOMPRESSED_BYTES), writer);
      return true;
    },
    end: () => {
      writer.position = 0;
    },
  };
}
