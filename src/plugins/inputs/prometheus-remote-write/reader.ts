import { uncompressSnappy } from '#core/bytes/snappy.ts';
import type { ReaderFactory, SampleWriter } from '#core/plugin/input.ts';
import { canonicalKeyOf, describeLabels } from './label-pairs.ts';
import { readRequest1 } from './read-request-1.ts';
import { readRequest2 } from './read-request-2.ts';

const MAX_UNCOMPRESSED_BYTES = 64 * 2 ** 20;
/** Requests of up to this size, which are most, are uncompressed into memory that is used again and again. */
const KEPT_BYTES = 2 ** 20;

/**
 * Readers of snappy-compressed requests of remote write 1.0 and 2.0. The position of a record is that of its series in the
 * request, from 1. They throw `bad_request` when the bytes are no such request.
 */
export const remoteWrite1Reader = requestReaders(readRequest1);
export const remoteWrite2Reader = requestReaders(readRequest2);

/** Memory outside of V8's heap makes it collect garbage sooner: new memory for each request cost more than reading it. */
function requestReaders(readRequest: (bytes: Uint8Array, writer: SampleWriter) => void): ReaderFactory {
  let kept: Uint8Array | undefined;
  const place = (length: number): Uint8Array =>
    length > KEPT_BYTES ? new Uint8Array(length) : (kept ??= new Uint8Array(KEPT_BYTES));
  return (writer) => {
    writer.spelling = canonicalKeyOf;
    writer.describe = describeLabels;
    return {
      read: (bytes) => {
        readRequest(uncompressSnappy(bytes, MAX_UNCOMPRESSED_BYTES, place), writer);
        return true;
      },
      end: () => {
        writer.position = 0;
      },
    };
  };
}
