import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { canonicalKey } from '#core/model/labels.ts';
import { RecordingWriter } from '#core/plugin/recording-writer.ts';
import { lineProtocolReader } from './reader.ts';

type Value = { readonly float?: number; readonly int?: number; readonly uint?: number; readonly bool?: boolean };
type Point = {
  readonly time: number;
  readonly name: string;
  readonly tags: readonly { readonly key: string; readonly value: string }[];
  readonly fields: readonly { readonly key: string; readonly value: Value }[];
};
type Case = {
  readonly input: {
    readonly text: string | { readonly binary: string };
    readonly defaultTime?: number;
    readonly precision: string;
  };
  readonly output: { readonly result?: readonly Point[]; readonly error?: string };
};

const FILE = join(import.meta.dirname, '../../../../../shared/data/lineprotocol/corpus.json');
const skip = existsSync(FILE) ? false : 'the corpus is not there';

/** What influxdata/line-protocol makes of each of them. */
test('every case of the corpus is taken or refused, with the samples expected of it', { skip }, () => {
  const { decode } = JSON.parse(readFileSync(FILE, 'utf8')) as { decode: Record<string, Case> };
  const cases = Object.entries(decode);
  assert.ok(cases.length > 1_600);
  for (const [name, { input, output }] of cases) {
    const bytes = typeof input.text === 'string' ? Buffer.from(input.text) : Buffer.from(input.text.binary, 'base64');
    const writer = new RecordingWriter((input.defaultTime ?? 0) / 1e6);
    const options = { precision: input.precision.replace(/^1/, '') };
    const reader = lineProtocolReader(writer, { maxLineBytes: 16_384, maxFrameBytes: 0 }, options);
    reader.read(bytes);
    reader.end();
    const { samples, rejects } = writer.records;
    const what = `${name} ${JSON.stringify(bytes.toString('latin1'))} ${JSON.stringify(rejects)}`;
    assert.equal(rejects.length > 0, output.error !== undefined, what);
    if (output.error === undefined)
      assert.deepEqual(samples.map(rounded), (output.result ?? []).flatMap(expected), what);
  }
});

function expected({ name, tags, fields, time }: Point) {
  const labels = Object.fromEntries(tags.map(({ key, value }) => [clean(key), value]));
  return fields.flatMap(({ key, value: { float, int, uint, bool } }) => {
    const v = float ?? int ?? uint ?? (bool === undefined ? undefined : Number(bool));
    if (v === undefined) return [];
    const metric = clean(key === 'value' ? name : `${name}_${key}`);
    return [rounded({ key: canonicalKey({ ...labels, __name__: metric }), t: time / 1e6, v })];
  });
}

/** The corpus' times are nanoseconds as JSON numbers: beyond what doubles hold. */
function rounded({ key, t, v }: { key: string; t: number; v: number }) {
  return { key, t: Math.trunc(t + Math.sign(t) * 1e-4) + 0, v };
}

function clean(text: string): string {
  return text.replace(/[^a-zA-Z0-9_]/g, '_').replace(/^(?=\d)/, '_');
}
