import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ExpositionError } from './exposition.ts';
import { parseOpenMetrics } from './openmetrics.ts';
import { type ExpectedFamily, flattenExpected, flattenRead, RECORDED } from './testing/recorded.ts';

type Case = {
  readonly name: string;
  readonly should_parse: boolean;
  readonly text: string;
  readonly families?: readonly ExpectedFamily[];
  readonly prometheus_3_5_3_accepts: boolean;
};

const skip = existsSync(RECORDED) ? false : 'the recorded expositions are not here';
const text = (name: string): string => readFileSync(new URL(name, RECORDED), 'utf8');
const cases = skip === false ? (JSON.parse(text('openmetrics_1_0.json')) as { cases: Case[] }).cases : [];

/** What Prometheus takes although it is no OpenMetrics even to a lenient reader. */
const LENIENT_REFUSALS: readonly string[] = [
  'bad_exemplar_complex_chars',
  'bad_exemplars_6',
  'bad_missing_or_extra_commas_2',
  'bad_no_eof',
];

test('all 211 expositions are taken or refused as the reference parser does', { skip }, () => {
  assert.equal(cases.length, 211);
  const wrong = cases.filter(({ text: body, should_parse }) => {
    try {
      parseOpenMetrics(body, { strict: true });
      return !should_parse;
    } catch (error) {
      assert.ok(error instanceof ExpositionError, String(error));
      return should_parse;
    }
  });
  assert.deepEqual(
    wrong.map(({ name }) => name),
    [],
  );
});

test('the samples and metadata of the 44 valid ones are those of the reference parser', { skip }, () => {
  const valid = cases.filter(({ should_parse }) => should_parse);
  assert.equal(valid.length, 44);
  for (const { name, text: body, families = [] } of valid) {
    const read = parseOpenMetrics(body, { strict: true });
    assert.deepEqual(flattenRead(read), flattenExpected(families), name);
    assert.deepEqual(
      read.metadata,
      families.map((family) => ({ metric: family.name, type: family.type, unit: family.unit, help: family.help })),
      name,
    );
  }
});

test('read leniently, nothing valid is refused, nor what Prometheus takes', { skip }, () => {
  const refused = cases
    .filter(({ should_parse, prometheus_3_5_3_accepts }) => should_parse || prometheus_3_5_3_accepts)
    .filter(({ text: body }) => {
      try {
        parseOpenMetrics(body, { strict: false });
        return false;
      } catch {
        return true;
      }
    });
  assert.deepEqual(
    refused.map(({ name }) => name),
    LENIENT_REFUSALS,
  );
});

test('a real histogram has the samples of the reference parser', { skip }, () => {
  const expected = JSON.parse(text('1histogram.om.expected.json')) as ExpectedFamily[];
  const read = parseOpenMetrics(text('1histogram.om.txt'), { strict: true });
  assert.deepEqual(flattenRead(read), flattenExpected(expected));
  assert.ok(
    read.samples.every(({ series }) => series.numberLabel === (series.name.endsWith('_bucket') ? 'le' : undefined)),
  );
});

test('a real exposition with a sum beside negative buckets is taken only leniently', { skip }, () => {
  const body = text('alltypes.5mfs.om.txt');
  assert.throws(() => parseOpenMetrics(body, { strict: true }), /negative/);
  const read = parseOpenMetrics(body, { strict: false });
  assert.equal(read.samples.length, body.split('\n').filter((line) => line !== '' && !line.startsWith('#')).length);
  assert.deepEqual(read.samples.find(({ exemplar }) => exemplar !== undefined)?.exemplar, {
    labels: Object.assign(Object.create(null), { dummyID: '17783' }),
    v: -0.0003825067330956884,
    t: 1_726_839_814_224,
  });
});

test('names outside the old alphabet stand in quotes', () => {
  const body = '# TYPE "a.b" counter\n# HELP "a.b" x\n{"a.b_total","my.label"="y"} 1\n# EOF\n';
  const { samples, metadata } = parseOpenMetrics(body, { strict: true });
  assert.equal(samples[0]?.series.name, 'a.b_total');
  assert.deepEqual({ ...samples[0]?.series.labels }, { 'my.label': 'y' });
  assert.deepEqual(metadata, [{ metric: 'a.b', type: 'counter', unit: '', help: 'x' }]);
});
