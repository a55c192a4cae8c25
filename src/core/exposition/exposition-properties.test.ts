import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseClassicText } from './classic-text.ts';
import { ExpositionError } from './exposition.ts';
import { openMetricsNumber, parseNumber } from './number-text.ts';
import { parseOpenMetrics } from './openmetrics.ts';
import { parseProtobuf } from './protobuf.ts';

const name = fc.stringMatching(/^[a-z_][a-z0-9_]{0,8}$/);
/** Any text that is UTF-8. */
const value = fc.string({ unit: 'grapheme', maxLength: 12 });
const number = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY));
const series = fc.record({ metric: name, labels: fc.dictionary(name, value, { maxKeys: 4 }), v: number });

const escape = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"');
const spell = (v: number): string => String(v).replace('Infinity', 'Inf');

function line({ metric, labels, v }: { metric: string; labels: Record<string, string>; v: number }): string {
  const set = Object.entries(labels).map(([label, text]) => `${label}="${escape(text)}"`);
  return `${metric}{${set.join(',')}} ${spell(v)}\n`;
}

test('what is written as classic text or OpenMetrics is read back', () => {
  fc.assert(
    fc.property(series, (one) => {
      for (const { samples } of [
        parseClassicText(line(one), { strict: true }),
        parseOpenMetrics(`${line(one)}# EOF\n`, { strict: true }),
      ]) {
        const [sample] = samples;
        assert.equal(sample?.series.name, one.metric);
        assert.deepEqual({ ...sample.series.labels }, { ...one.labels });
        assert.ok(Object.is(sample.v, one.v) || sample.v === one.v, `${sample.v} ${one.v}`);
      }
    }),
  );
});

/** Pieces of expositions in any order: most of them are no exposition. */
const pieces = fc
  .array(
    fc.constantFrom(
      ...'a|_total|_bucket|{|}|"|\\|,|=|le|+Inf| |\n|#|# |# TYPE a |counter|histogram|# EOF|1|1.5|NaN|é'.split('|'),
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''));

test('any text is read or refused with a line, never anything else', () => {
  fc.assert(
    fc.property(pieces, fc.boolean(), (text, strict) => {
      for (const parse of [parseClassicText, parseOpenMetrics]) {
        try {
          parse(text, { strict });
        } catch (error) {
          assert.ok(error instanceof ExpositionError, String(error));
        }
      }
    }),
    { numRuns: 2_000 },
  );
});

test('any bytes are read as protobuf or refused', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
      try {
        parseProtobuf(bytes);
      } catch (error) {
        assert.ok(error instanceof ExpositionError, String(error));
      }
    }),
    { numRuns: 2_000 },
  );
});

test('a strict reading is a lenient one as well', () => {
  fc.assert(
    fc.property(pieces, (text) => {
      for (const parse of [parseClassicText, parseOpenMetrics]) {
        let strict: unknown;
        try {
          strict = parse(text, { strict: true }).samples.length;
        } catch {
          continue;
        }
        assert.ok(parse(text, { strict: false }).samples.length >= Number(strict));
      }
    }),
    { numRuns: 2_000 },
  );
});

test('numbers: every float64 is read; what no decimal is, is none', () => {
  fc.assert(
    fc.property(fc.double(), (v) => Object.is(parseNumber(String(v)), v) || (v === 0 && parseNumber('-0') === 0)),
  );
  for (const text of ['', ' 1', '1 ', '1_0', '0x1', '0b1', '1e', '--1', '.', 'infinit', '1,5']) {
    assert.equal(parseNumber(text), undefined, text);
  }
  for (const [text, v] of [
    ['+1', 1],
    ['.5', 0.5],
    ['5.', 5],
    ['-Inf', -Infinity],
    ['inf', Infinity],
    ['007', 7],
  ] as const) {
    assert.equal(parseNumber(text), v, text);
  }
});

test('numbers of labels have one spelling, that of the reference', () => {
  const table = [
    [0, '0.0'],
    [1, '1.0'],
    [-1, '-1.0'],
    [0.1, '0.1'],
    [0.0001, '0.0001'],
    [0.00001, '1e-05'],
    [100_000, '100000.0'],
    [1_000_000, '1e+06'],
    [1_555_555.55555552, '1.55555555555552e+06'],
    [1e23, '1e+23'],
    [Number.POSITIVE_INFINITY, '+Inf'],
  ] as const;
  for (const [v, text] of table) assert.equal(openMetricsNumber(v), text);
});
