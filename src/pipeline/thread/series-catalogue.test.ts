import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonicalKey } from '#core/model/labels.ts';
import { takeDueSeries } from './blocks.ts';
import { SeriesCatalogue, type SeriesSource, type Spelling } from './series-catalogue.ts';
import { loadSeriesHash, type SeriesHash } from './series-hash.ts';
import { canonicalSeries, canonicalSpelling, describeSeries, validatedKey } from './series-name.ts';

const hash = await loadSeriesHash();
const LIMITS = { maxSeries: 1_000, maxSeriesPerSource: 1_000 };

function resolve(
  catalogue: SeriesCatalogue,
  text: string | Uint8Array,
  source: SeriesSource = { series: 0 },
  spelling?: Spelling,
): number {
  const bytes = Buffer.from(text as string);
  return catalogue.resolve(bytes, 0, bytes.length, source, spelling);
}

/** The series of a canonical key that did not come in Graphite's spelling. */
const canonical = (catalogue: SeriesCatalogue, key: string | Uint8Array): number =>
  resolve(catalogue, key, { series: 0 }, canonicalSpelling);

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
    assert.equal(canonical(catalogue, key), ordinal);
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

const KEYS: readonly (readonly [key: string, valid: string | undefined])[] = [
  ['up', 'up'],
  ['a..b', 'a..b'],
  ['..', '..'],
  ['x;k=v', 'x;k=v'],
  ['two\nlines\t', 'two\nlines\t'],
  ['\ufeffmark', '\ufeffmark'],
  ['m\x1fb\x1e2\x1fa\x1e1', 'm\x1fa\x1e1\x1fb\x1e2'],
  ['m\x1fa\x1e', 'm'],
  ['m\x1fa\x1eline\n;.=', 'm\x1fa\x1eline\n;.='],
  ['\x1fjob\x1ex', '\x1fjob\x1ex'],
  ['', undefined],
  ['\x1fa\x1e', undefined],
  ['m\x1f', undefined],
  ['m\x1fa', undefined],
  ['m\x1f\x1ev', undefined],
  ['m\x1fa\x1eb\x1ec', undefined],
  ['a\x00b', undefined],
  ['lone \ud800', undefined],
];

test('canonical keys of readers may hold anything but separators; empty labels vanish', () => {
  for (const [key, valid] of KEYS) assert.equal(validatedKey(key), valid, JSON.stringify(key));
});

test('a canonical key is found again as it is, and never as what Graphite would read in it', () => {
  const catalogue = new SeriesCatalogue(hash, LIMITS);
  for (const [key, valid] of KEYS.filter(([text]) => text.isWellFormed())) {
    const ordinal = canonical(catalogue, key);
    assert.equal(ordinal === -1 ? undefined : catalogue.key(ordinal), valid, JSON.stringify(key));
  }
  assert.equal(catalogue.key(resolve(catalogue, 'a..b')), 'a.b');
  assert.equal(catalogue.key(resolve(catalogue, 'x;k=v')), canonicalKey({ __name__: 'x', k: 'v' }));
  assert.equal(resolve(catalogue, 'up'), canonical(catalogue, 'up'), 'a lone name is one series in both worlds');
  assert.equal(resolve(catalogue, 'web.load'), canonical(catalogue, 'web.load'), 'and so is a path');
  assert.equal(canonical(catalogue, Buffer.from([0x61, 0xff])), -1);
  assert.equal(catalogue.refusal, 'bad_key');
});

test('equal bytes name different series in different protocols', () => {
  const catalogue = new SeriesCatalogue(hash, LIMITS);
  const source = { series: 0 };
  const lines = (key: Uint8Array): string => canonicalKey({ __name__: 'cpu', raw: Buffer.from(key).toString() });
  const bytes = Buffer.from('cpu,host=a');
  const [ours, graphites] = [resolve(catalogue, bytes, source, lines), resolve(catalogue, bytes, source)];
  assert.notEqual(ours, graphites);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const [spelling, ordinal] of [
    [lines, ours],
    [undefined, graphites],
  ] as const) {
    const index = catalogue.indexOf(spelling);
    assert.equal(index.target(index.find(view, 0, bytes.length, -1)), ordinal);
  }
});

test('a series that was forgotten is registered anew, without what was known of its values', () => {
  const catalogue = new SeriesCatalogue(hash, LIMITS);
  const told: number[] = [];
  catalogue.onNew = (ordinal) => told.push(ordinal);
  const [one, two] = [resolve(catalogue, 'f.one'), resolve(catalogue, 'f.two')];
  const rows = { rows: 2, ordinal: [one, two], t: [1e12, 1e12] };
  assert.equal(takeDueSeries([rows], catalogue).ordinals.length, 2);
  assert.equal(takeDueSeries([rows], catalogue).ordinals.length, 0);
  catalogue.decimals[one] = 3;
  catalogue.forget(BigUint64Array.of(catalogue.id(one), 12345n));
  assert.equal(catalogue.decimals[one], 0);
  assert.deepEqual(takeDueSeries([rows], catalogue).ordinals, [one]);
  catalogue.forget('all');
  assert.deepEqual(takeDueSeries([rows], catalogue).ordinals, [one, two]);
  assert.deepEqual(told, [one, two, one, one, two]);
  assert.equal(resolve(catalogue, 'f.one'), one);
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
  assert.deepEqual(describeSeries('a..b'), {
    metric: 'b',
    labels: { __name__: 'a..b' },
    kv: ['__name__=a..b'],
    path: '',
  });
});
