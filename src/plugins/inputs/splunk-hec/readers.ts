import { LineSplitter } from '#core/bytes/line-splitter.ts';
import { createLogObjectReader } from '#core/log-fields/object-reader.ts';
import { isJsonObject, parseJson } from '#core/log-fields/parse-json.ts';
import { MAX_LOG_BYTES } from '#core/model/log-record.ts';
import type { ReaderFactory } from '#core/plugin/input.ts';
import { logOfEvent, withOrigin } from './event.ts';
import { jsonObjects } from './json-objects.ts';

const BLANK = 0x20;

/** Events as JSON objects that follow each other; the position of a record is that of its event, from 1. */
export const eventReader: ReaderFactory = (writer, _, options = {}) => {
  const readObject = createLogObjectReader();
  const take = (bytes: Uint8Array): void => {
    writer.position += 1;
    if (bytes.length > MAX_LOG_BYTES) return writer.reject('too_long', `more than ${MAX_LOG_BYTES} bytes`);
    const envelope = parseJson(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString());
    if (!isJsonObject(envelope)) return writer.reject('bad_line', 'Invalid data format');
    const log = logOfEvent({ ...options, ...envelope }, readObject, writer.now());
    if (log === undefined) writer.reject('bad_line', 'Event field is required');
    else writer.log(log);
  };
  return {
    read: (bytes) => {
      for (const object of jsonObjects(bytes)) take(object);
      return true;
    },
    end: () => {
      writer.position = 0;
    },
  };
};

/** Each line of the body is an event; the options say where they come from. */
export const rawReader: ReaderFactory = (writer, _, options = {}) => {
  const lines = new LineSplitter(MAX_LOG_BYTES, {
    line: (bytes, from, to) => {
      const line = bytes.subarray(from, bytes[to - 1] === 0x0d ? to - 1 : to);
      if (!line.some((byte) => byte > BLANK)) return;
      writer.position += 1;
      writer.log(withOrigin({ body: line }, options));
    },
    tooLong: () => {
      writer.position += 1;
      writer.reject('too_long', `more than ${MAX_LOG_BYTES} bytes`);
    },
  });
  return {
    read: (bytes) => {
      lines.read(bytes);
      return true;
    },
    end: () => {
      lines.end();
      writer.position = 0;
    },
  };
};
