import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parseClassicText } from './classic-text.ts';
import { ExpositionError } from './exposition.ts';
import { type ExpectedFamily, flattenExpected, flattenRead, RECORDED } from './testing/recorded.ts';

type Case = {
  readonly name: string;
  readonly should_parse: boolean;
  readonly text: string;
  readonly prometheus_3_5_3_accepts: boolean;
  readonly families_client_python?: readonly ExpectedFamily[];
};

const skip = existsSync(RECORDED) ? false : 'the recorded expositions are not here';
const load = (name: string): unknown => JSON.parse(readFileSync(new URL(name, RECORDED), 'utf8'));

test('every exposition of the classic corpus is taken or refused as the format says', { skip }, () => {
  const { cases } = load('text_0_0_4.json') as { cases: Case[] };
  assert.equal(cases.length, 26);
  for (const { name, text, should_parse } of cases) {
    const read = (): unknown => parseClassicText(text, { strict: true });
    if (should_parse) assert.doesNotThrow(read, name);
    else assert.throws(read, ExpositionError, name);
  }
});

test('read leniently, what Prometheus takes is taken', { skip }, () => {
  const { cases } = load('text_0_0_4.json') as { cases: Case[] };
  // A raw line feed in a label value is the one thing that both ways of reading refuse.
  const taken = cases.filter((one) => one.prometheus_3_5_3_accepts && one.name !== 'from_test_parse_error_2');
  for (const { name, text } of taken) {
    assert.doesNotThrow(() => parseClassicText(text, { strict: false }), name);
  }
});

test('a real exposition of 237 families has the samples of the reference parser', { skip }, () => {
  const text = readFileSync(new URL('alltypes.237mfs.prom.txt', RECORDED), 'utf8');
  const read = parseClassicText(text, { strict: true });
  const expected = load('alltypes.237mfs.prom.expected.json') as ExpectedFamily[];
  assert.equal(read.samples.length, 1857);
  assert.deepEqual(flattenRead(read), flattenExpected(expected));
  assert.equal(read.metadata.length, 237);
  assert.deepEqual(
    read.metadata.map(({ help }) => help),
    expected.map(({ help }) => help),
  );
});

test('blanks, escapes, quoted names and timestamps are read', () => {
  const text = [
    '# TYPE "a.b" gauge\n',
    '{"a.b", x = "q\\"\\\\\\n" , } 1 1700000000123\n',
    'c {  } -2e3\n',
    '\t# just a comment\n',
  ].join('');
  const { samples, metadata } = parseClassicText(text, { strict: true });
  assert.deepEqual(
    samples.map(({ series, v, t }) => [series.name, { ...series.labels }, v, t]),
    [
      ['a.b', { x: 'q"\\\n' }, 1, 1_700_000_000_123],
      ['c', {}, -2000, undefined],
    ],
  );
  assert.deepEqual(metadata.find(({ metric }) => metric === 'a.b')?.type, 'gauge');
});

test('an error says the line and why', () => {
  assert.throws(() => parseClassicText('a 1\nb x\n', { strict: true }), {
    message: 'line 2: "x" is not a number',
    line: 2,
  });
});

test('series that are known from the exposition before are the same objects', () => {
  const cache = new Map();
  const [first, second] = [1, 2].map((v) => parseClassicText(`a{b="c"} ${v}\n`, { strict: true, cache }));
  assert.equal(first?.samples[0]?.series, second?.samples[0]?.series);
  assert.equal(second?.samples[0]?.v, 2);
});
