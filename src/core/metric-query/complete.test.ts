import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { completeMetricQuery } from './complete.ts';

/** `|` is the cursor. */
const CASES: readonly [
  text: string,
  kind: string,
  prefix: string,
  extra?: { label?: string; match?: string; word?: string },
][] = [
  ['|', 'metric', '', { word: 'sum' }],
  ['sys|', 'metric', 'sys', { word: 'rate' }],
  ['servers.web|', 'metric', 'servers.web'],
  ['rate(sy|', 'metric', 'sy'],
  ['sum |', 'word', '', { word: 'by' }],
  ['sum by (|', 'label-name', ''],
  ['sum by (a, h|) (rate(up))', 'label-name', 'h', { match: 'up' }],
  ['sum by (a) |', 'word', '', { word: '(' }],
  ['sum by (a) (up{|', 'label-name', '', { match: 'up' }],
  ['up{|', 'label-name', '', { match: 'up' }],
  ['up{host="a", d|', 'label-name', 'd', { match: 'up{host="a"}' }],
  ['up{host|', 'label-name', 'host', { match: 'up' }],
  ['up{host |', 'word', '', { word: '=~' }],
  ['up{host=|', 'label-value', '', { label: 'host', match: 'up' }],
  ['up{host="we|', 'label-value', 'we', { label: 'host', match: 'up' }],
  ['{host=~"a", dev="|"}', 'label-value', '', { label: 'dev', match: '{host=~"a"}' }],
  ['up{host="a"|', 'word', '', { word: '}' }],
  ['up{host="a"} |', 'none', ''],
  ['sum(up) |', 'word', '', { word: 'by' }],
];

test('the editor learns what is expected at the cursor', () => {
  for (const [marked, kind, prefix, extra = {}] of CASES) {
    const cursor = marked.indexOf('|');
    const found = completeMetricQuery(marked.replace('|', ''), cursor);
    assert.equal(found.kind, kind, marked);
    assert.equal(found.prefix, prefix, marked);
    assert.equal(found.label, extra.label, marked);
    if (extra.match !== undefined) assert.equal(found.match, extra.match, marked);
    if (extra.word !== undefined) assert.ok(found.words.includes(extra.word), marked);
    assert.equal(found.to, cursor, marked);
  }
});

test('no text makes it throw', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'ab.*{}()[]"=~!, \\$5m') }), fc.nat(30), (text, cursor) => {
      const found = completeMetricQuery(text, Math.min(cursor, text.length));
      assert.ok(found.from <= found.to);
    }),
  );
});
