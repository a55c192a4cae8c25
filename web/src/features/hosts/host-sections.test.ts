import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseMetricQuery } from '#core/metric-query/parse.ts';
import { queriesOf } from '#web/data/host-charts.ts';
import { hostSections } from './host-sections.ts';

const HOST = 'a "quoted" host\\';
const sections = hostSections(queriesOf(HOST));
const texts = sections.flatMap(({ charts }) => charts.flatMap(({ queries }) => queries.map(({ text }) => text)));

test('every query can be read and asks for this host only', () => {
  assert.ok(texts.length >= 20);
  for (const text of texts) {
    const { matchers } = parseMetricQuery(text);
    assert.deepEqual(
      matchers.filter(({ label }) => label === 'host'),
      [{ label: 'host', op: '=', value: HOST }],
      text,
    );
  }
});

test('counters are drawn as rates, everything else as it is', () => {
  for (const text of texts) assert.equal(parseMetricQuery(text).fn, /_total\b/.test(text) ? 'rate' : 'raw', text);
});

test('the first section has at least eight charts, and ids are unique', () => {
  assert.ok((sections[0]?.charts.length ?? 0) >= 8);
  assert.equal(new Set(sections.map(({ id }) => id)).size, sections.length);
});
