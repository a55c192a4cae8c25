import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { createMemorySource, type MemorySeries } from '#query/graphite/memory-source.ts';
import { callRoute } from './call-route.ts';
import { difference } from './golden-compare.ts';
import { graphiteRoutes } from './index.ts';

const FOLDER = new URL('../../../../shared/data/graphite/', import.meta.url);
const SKIP = existsSync(new URL('golden.json', FOLDER)) ? false : 'the shared answers of graphite-web are not here';
/** Series in memory have no index of tags: these cases are for the product as a whole. */
const OF_THE_STORE = /^\/tags/;

type GoldenCase = {
  readonly id: number;
  readonly kind: 'render' | 'get';
  readonly targets?: readonly string[];
  readonly params?: Readonly<Record<string, string>>;
  readonly path?: string;
  readonly from: number;
  readonly until: number;
  readonly fmt?: string;
  readonly error?: boolean;
  readonly ordered?: boolean;
  readonly names_only?: boolean;
  readonly expected: unknown;
};

function load(): { cases: readonly GoldenCase[]; series: readonly MemorySeries[]; t0: number } {
  const golden = JSON.parse(readFileSync(new URL('golden.json', FOLDER), 'utf8')) as {
    cases: GoldenCase[];
    t0: number;
  };
  const byName = new Map<string, Map<number, number>>();
  for (const line of gunzipSync(readFileSync(new URL('input.txt.gz', FOLDER)))
    .toString()
    .trim()
    .split('\n')) {
    const [name = '', value, time] = line.split(' ');
    const points = byName.get(name) ?? new Map<number, number>();
    byName.set(name, points.set(Math.floor(Number(time) / 60) * 60, Number(value)));
  }
  return { ...golden, series: [...byName].map(([name, points]) => ({ name, step: 60, points })) };
}

test('answers agree with those of graphite-web', { skip: SKIP }, async (t) => {
  const { cases, series, t0 } = load();
  const now = (t0 + 31 * 3600) * 1000;
  const clock = { now: () => now, monotonic: () => 0, sleep: async () => {} };
  const routes = graphiteRoutes({ source: createMemorySource(series), clock });
  const wanted = cases.filter(({ path = '' }) => !OF_THE_STORE.test(path));
  assert.ok(wanted.length > 150);
  for (const golden of wanted) {
    await t.test(`${golden.id} ${golden.targets?.join(' ') ?? golden.path}`, async () => {
      const answer = await callRoute(routes, requestOf(golden, t0));
      if (golden.error === true) return assert.equal(answer.status, 400);
      assert.equal(answer.status, 200, answer.text);
      assert.equal(difference(golden, answer.text), undefined);
    });
  }
});

function requestOf(golden: GoldenCase, t0: number): { path: string; fields: URLSearchParams } {
  if (golden.kind === 'get') {
    const url = new URL(golden.path ?? '', 'http://localhost');
    return { path: url.pathname, fields: url.searchParams };
  }
  const fields = new URLSearchParams(golden.params);
  for (const target of golden.targets ?? []) {
    fields.append(
      'target',
      target.replace(/\{T:(\d+)\}/g, (_, offset) => String(t0 + Number(offset))),
    );
  }
  fields.set('from', String(golden.from));
  fields.set('until', String(golden.until));
  fields.set('format', golden.fmt === 'jsonp' ? 'json' : (golden.fmt ?? 'json'));
  return { path: '/render', fields };
}
