import { LineSplitter } from '#core/bytes/line-splitter.ts';
import { MAX_LOG_BYTES } from '#core/model/log-record.ts';
import type { ReaderFactory } from '#core/plugin/input.ts';
import { Chunks, isChunk } from './chunks.ts';
import { writeMessage } from './message.ts';
import { unpackMessage } from './unpack.ts';

const NUL = 0;

/** Each datagram is a message, or a chunk of one. */
export const datagramReader: ReaderFactory = (writer) => {
  const chunks = new Chunks();
  const refuse = (detail: string): void => {
    writer.position += 1;
    writer.reject('bad_frame', detail);
  };
  const message = (packed: Uint8Array): void => {
    const bytes = unpackMessage(packed);
    if (bytes === undefined) refuse('the message cannot be unpacked, or is too long');
    else writeMessage(bytes, writer);
  };
  return {
    read: (bytes) => {
      if (!isChunk(bytes)) {
        message(bytes);
        return true;
      }
      const added = chunks.add(bytes, writer.address ?? '', writer.now());
      if (added === 'broken') refuse('the chunk is broken');
      else {
        for (let i = 0; i < added.lost; i++) refuse('chunks of the message did not come');
        if (added.message !== undefined) message(added.message);
      }
      return true;
    },
    end: () => {
      writer.position = 0;
    },
  };
};

/** Messages with a NUL behind each, not compressed. */
export const streamReader: ReaderFactory = (writer) => {
  const receiver = {
    line: (bytes: Uint8Array, from: number, to: number) => {
      if (to > from) writeMessage(bytes.subarray(from, to), writer);
    },
    tooLong: () => {
      writer.position += 1;
      writer.reject('too_long', `a message of more than ${MAX_LOG_BYTES} bytes`);
    },
  };
  const messages = new LineSplitter(MAX_LOG_BYTES, receiver, NUL);
  return {
    read: (bytes) => {
      messages.read(bytes);
      return true;
    },
    end: () => {
      messages.end();
      writer.position = 0;
    },
  };
};

/** A body that is one message. */
export const bodyReader: ReaderFactory = (writer) => ({
  read: (bytes) => {
    writeMessage(bytes, writer);
    return true;
  },
  end: () => {
    writer.position = 0;
  },
});
