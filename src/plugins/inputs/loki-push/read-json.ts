import { AppError } from '#core/errors.ts';
import { textOfJson } from '#core/log-fields/field-set.ts';
import { isJsonObject, parseJson } from '#core/log-fields/parse-json.ts';
import type { LogFields } from '#core/model/log-record.ts';
import type { SampleWriter } from '#core/plugin/input.ts';
import { fieldsOf, streamWriter } from './stream-writer.ts';

/** Writes `{"streams": [{"stream": {…}, "values": [["<ns>", "line", {…}]]}]}`. Throws `bad_request`. */
export function readJson(bytes: Uint8Array, writer: SampleWriter): void {
  const body = parseJson(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString());
  const streams = isJsonObject(body) ? body['streams'] : undefined;
  if (!Array.isArray(streams)) throw new AppError('bad_request', 'the body is no push request: it has no "streams"');
  for (const one of streams as readonly unknown[]) {
    const { stream, values } = isJsonObject(one) ? one : {};
    const write = streamWriter(writer, isJsonObject(stream) ? labelsOf(stream) : undefined);
    for (const value of Array.isArray(values) ? (values as readonly unknown[]) : []) {
      const [time, line, metadata] = Array.isArray(value) ? (value as readonly unknown[]) : [];
      write({
        t: millisecondsOf(time),
        line: textOfJson(line),
        metadata: isJsonObject(metadata) ? labelsOf(metadata) : [],
      });
    }
  }
}

function labelsOf(labels: Readonly<Record<string, unknown>>): LogFields {
  return fieldsOf(Object.entries(labels).map(([name, value]) => [name, textOfJson(value)]));
}

/** Nanoseconds as text to ms, to the µs. */
function millisecondsOf(nanoseconds: unknown): number {
  const text = textOfJson(nanoseconds);
  return /^\d{1,19}$/.test(text) ? Math.round(Number(text) / 1e3) / 1e3 : Number.NaN;
}
