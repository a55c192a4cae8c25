import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMemorySource } from '#query/graphite/memory-source.ts';
import type { TagIndex, TagQuestion } from '#query/graphite/source.ts';
import { callRoute } from './call-route.ts';
import { graphiteRoutes } from './index.ts';

const CLOCK = { now: () => 0, monotonic: () => 0, sleep: async () => {} };
const asked: Omit<TagQuestion, 'signal'>[] = [];
const keep = ({ signal: _signal, ...question }: TagQuestion): void => void asked.push(question);
const INDEX: TagIndex = {
  names: async (question) => {
    keep(question);
    return ['dc', 'name', 'rack'].filter((name) => name.startsWith(question.prefix ?? ''));
  },
  values: async (tag, question) => {
    keep(question);
    return [{ value: `${tag}-1`, count: 2 }];
  },
  series: async (question) => {
    keep(question);
    return ['disk;dc=a'];
  },
};
const ROUTES = graphiteRoutes({ source: { ...createMemorySource([]), tags: INDEX }, clock: CLOCK });

async function get(url: string): Promise<unknown> {
  const { pathname: path, searchParams: fields } = new URL(url, 'http://localhost');
  const { status, text } = await callRoute(ROUTES, { path, fields });
  return status === 200 ? JSON.parse(text) : status;
}

const ANSWERS: readonly [url: string, answer: unknown, question?: object][] = [
  ['/tags', [{ tag: 'dc' }, { tag: 'name' }, { tag: 'rack' }], { expressions: [], limit: 10_000 }],
  [
    '/tags/dc?filter=a',
    { tag: 'dc', values: [{ value: 'dc-1', count: 2 }] },
    { expressions: [], filter: 'a', limit: 10_000 },
  ],
  ['/tags/findSeries?expr=name=disk&expr=dc=a', ['disk;dc=a'], { expressions: ['name=disk', 'dc=a'], limit: 100_000 }],
  ['/tags/findSeries', 400],
  ['/tags/autoComplete/tags?expr=dc=a', ['name', 'rack']],
  ['/tags/autoComplete/tags?tagPrefix=r&limit=5', ['rack'], { expressions: [], prefix: 'r', limit: 5 }],
  [
    '/tags/autoComplete/values?tag=dc&valuePrefix=d&expr=name=disk',
    ['dc-1'],
    { expressions: ['name=disk'], prefix: 'd', limit: 100 },
  ],
  ['/tags/autoComplete/values', 400],
  ['/tags/autoComplete/tags?limit=-1', 400],
];

for (const [url, answer, question] of ANSWERS) {
  test(`GET ${url}`, async () => {
    asked.length = 0;
    assert.deepEqual(await get(url), answer);
    if (question === undefined) return;
    assert.deepEqual(asked, [question]);
  });
}

const POSTED: readonly [url: string, answer: unknown][] = [
  ['/tags/tagSeries?path=disk;rack=1;dc=a', 'disk;dc=a;rack=1'],
  ['/tags/tagSeries/?path=disk', 'disk'],
  ['/tags/tagSeries', 400],
  ['/tags/tagSeries?path=disk;dc', 400],
  ['/tags/tagMultiSeries?path=b;y=2;x=1&path=a', ['b;x=1;y=2', 'a']],
  ['/tags/tagMultiSeries?path[]=a', ['a']],
  ['/tags/delSeries?path=disk;dc=a', true],
  ['/tags/delSeries', 400],
];

for (const [url, answer] of POSTED) {
  test(`POST ${url}`, async () => {
    const { pathname: path, searchParams: fields } = new URL(url, 'http://localhost');
    const { status, text } = await callRoute(ROUTES, { path, fields, method: 'POST' });
    assert.deepEqual(status === 200 ? JSON.parse(text) : status, answer);
  });
}
