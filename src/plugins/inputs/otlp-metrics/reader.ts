import type { ReaderFactory } from '#core/plugin/input.ts';
import type { ResourceMetrics } from './export-request.ts';
import { decodeJson } from './json-request.ts';
import { Translation } from './names.ts';
import { decodeProtobuf } from './protobuf-request.ts';
import { writeRequest } from './write-request.ts';

/** Readers of an `ExportMetricsServiceRequest` in either encoding; option `translation`. They throw `bad_request`. */
export const otlpProtobufReader = readerOf(decodeProtobuf);
export const otlpJsonReader = readerOf(decodeJson);

function readerOf(decode: (bytes: Uint8Array) => readonly ResourceMetrics[]): ReaderFactory {
  return (writer, _limits, options = {}) => {
    const translation = Translation.parse(options['translation'] ?? 'underscores');
    return {
      read: (bytes) => {
        writeRequest(decode(bytes), writer, translation);
        return true;
      },
      end: () => {
        writer.position = 0;
      },
    };
  };
}
