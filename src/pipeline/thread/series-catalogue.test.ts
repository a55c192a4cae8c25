import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonicalKey } from '#core/model/labels.ts';
import { SeriesCatalogue, type SeriesSource } from './series-catalogue.ts';
import { loadSeriesHash, type SeriesHash } from './series-hash.ts';
import { canonicalSeries, describeSeries } from './series-name.ts';

const hash = await loadSeriesHash();
const LIMITS = { maxSeries: 1_000, maxSeriesPerSource: 1_000 };

function resolve(catalogue: SeriesCatalogue, text: string | Uint8Array, source: SeriesSource = { series: 0 }): number {
  const bytes = Buffer.from(text as string);
  const entry = catalogue.resolve(bytes, 0, bytes.length, source);
  return entry === -1 ? -1 : catalogue.index.target(entry);
}

const SAME: readonly (readonly [string, string])[] = [
  ['a.b.c', 'a.b.c'],
  ['a..b', 'a.b'],
  ['.a.b.', 'a.b'],
  ['req;b=2;a=1', canonicalKey({ __name__: 'req', a: '1', b: '2' })],
  ['req;a=1;a=2', canonicalKey({ __name__: 'req', a: '2' })],
  ['req;name=other', 'req'],
  ['ü.é', 'ü.é'],
  ['a.b;k=x=y', canonicalKey({ __name__: 'a.b', k: 'x=y' })],
];

test('spellings of one series have one canonical key', () => {
  for (const [text, key] of SAME) assert.equal(canonicalSeries(text), key, text);
});

test('texts that name no series are refused', () => {
  for (const text of [
    '',
    '.',
    '...',
    ';a=1',
    'x;',
    'x;a',
    'x;=1',
    'x;a=',
    'x;a=~b',
    'x;a!=1',
    'x;a^b=1',
    'a\x01b',
    'a\x7f',
  ])
    assert.equal(canonicalSeries(text), undefined, JSON.stringify(text));
});

test('identity is the xxh64 of the canonical key, family the xxh32 of the metric', () => {
  const catalogue = new SeriesCatalogue(hash, LIMITS);
  // Published vectors of xxHash for the text "a", seed 0.
  const lone = resolve(catalogue, 'a');
  assert.equal(catalogue.id(lone), 0xd24ec4f1a98c6e5bn);
  assert.equal(catalogue.family[lone], 0x550d7456);
  assert.equal(catalogue.family[resolve(catalogue, 'x.y.a')], 0x550d7456, 'the last node of a path');
  const ordinal = resolve(catalogue, 'servers.web-1.load');
  const tagged = resolve(catalogue, 'load;host=h');
  assert.equal(
    catalogue.family[tagged],
    catalogue.family[ordinal],
    'a tagged series of the same metric lies beside it',
  );
});

test('all spellings lead to one series, and its key is the canonical one', () => {
  const catalogue = new SeriesCatalogue(hash, LIMITS);
  for (const [text, key] of SAME) {
    const ordinal = resolve(catalogue, text);
    assert.equal(catalogue.key(ordinal), key);
    assert.equal(resolve(catalogue, key), ordinal);
    assert.equal(catalogue.ordinalOf(catalogue.id(ordinal)), ordinal);
  }
});

test('bytes that are not UTF-8, and keys that are too long, are refused', () => {
  const catalogue = new SeriesCatalogue(hash, LIMITS);
  assert.equal(resolve(catalogue, Buffer.from([0x61, 0xff, 0x62])), -1);
  assert.equal(catalogue.refusal, 'bad_key');
  assert.equal(resolve(catalogue, 'x'.repeat(9_000)), -1);
  assert.equal(catalogue.refusal, 'too_long');
  assert.equal(catalogue.size, 0);
});

test('beyond a limit new series are refused while known ones go on', () => {
  const catalogue = new SeriesCatalogue(hash, { maxSeries: 5, maxSeriesPerSource: 3 });
  const [one, two] = [{ series: 0 }, { series: 0 }];
  for (let i = 0; i < 3; i += 1) assert.equal(resolve(catalogue, `one.${i}`, one), i);
  assert.equal(resolve(catalogue, 'one.3', one), -1);
  assert.equal(catalogue.refusal, 'source_series_limit');
  assert.equal(resolve(catalogue, 'two.0', two), 3);
  assert.equal(resolve(catalogue, 'two.1', two), 4);
  assert.equal(resolve(catalogue, 'two.2', two), -1);
  assert.equal(catalogue.refusal, 'series_limit');
  assert.equal(resolve(catalogue, '.one..0.', one), 0, 'another spelling of a known series');
});

test('two keys with one id are never mixed: the later one is refused', () => {
  const colliding: SeriesHash = { ...hash, id: (_key, out, at) => out.fill(7, at, at + 2) };
  const catalogue = new SeriesCatalogue(colliding, LIMITS);
  assert.equal(resolve(catalogue, 'a'), 0);
  assert.equal(resolve(catalogue, 'b'), -1);
  assert.equal(catalogue.refusal, 'id_collision');
  assert.equal(resolve(catalogue, 'a'), 0);
});

test('endless spellings of one series do not fill the index', () => {
  const catalogue = new SeriesCatalogue(hash, LIMITS);
  for (let i = 0; i < 500; i += 1) assert.equal(resolve(catalogue, `${'.'.repeat(i)}a.b`), 0);
  assert.ok(catalogue.index.size < 10, `${catalogue.index.size} entries`);
});

test('a path is described by its nodes, labels by themselves, a lone name by both', () => {
  assert.deepEqual(describeSeries('a.b'), { metric: 'b', labels: {}, kv: ['g1=a', 'g2=b'], path: 'a.b' });
  const labels = Object.assign(Object.create(null), { __name__: 'req', dc: 'x' }) as Record<string, string>;
  const kv = ['__name__=req', 'dc=x'];
  assert.deepEqual(describeSeries(canonicalKey(labels)), { metric: 'req', labels, kv, path: '' });
  assert.deepEqual(describeSeries('up'), {
    metric: 'up',
    labels: { __name__: 'up' },
    kv: ['__name__=up', 'g1=up'],
    path: 'up',
  });
});
