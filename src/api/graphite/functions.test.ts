import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createMemorySource } from '#query/graphite/memory-source.ts';
import { callRoute } from './call-route.ts';
import { graphiteRoutes } from './index.ts';

const ROUTES = graphiteRoutes({
  source: createMemorySource([{ name: 'a', step: 60, points: new Map([[60, 1]]) }]),
  clock: { now: () => 900_000, monotonic: () => 0, sleep: async () => {} },
});

/** What graphite-web 1.1.8 lists: group, then `name:type`, `!` required, `*` any number, `=` default. */
const RECORDED = JSON.parse(readFileSync(new URL('./cases/functions.json', import.meta.url), 'utf8')) as Readonly<
  Record<string, readonly string[]>
>;

type Param = { name: string; type: string; required?: boolean; multiple?: boolean; default?: unknown };
type Described = { group: string; params: readonly Param[]; function: string };

/** Parameters that later releases than the recorded one describe as we do. */
const LATER: Readonly<Record<string, string>> = {
  'highest n:integer=1': 'n:integer!',
  'lowest n:integer=1': 'n:integer!',
  'integralByInterval intervalUnit:interval!': 'intervalUnit:string!',
};

async function list(query: string): Promise<Record<string, Described>> {
  const { text, status } = await callRoute(ROUTES, { path: '/functions', fields: new URLSearchParams(query) });
  assert.equal(status, 200);
  return JSON.parse(text) as Record<string, Described>;
}

function short(param: Param): string {
  const rest = 'default' in param ? `=${JSON.stringify(param.default)?.replace('null', 'Infinity')}` : '';
  return `${param.name}:${param.type}${param.required === true ? '!' : ''}${param.multiple === true ? '*' : ''}${rest}`;
}

test('every function that graphite-web lists is listed, in its group and with its parameters', async () => {
  const ours = await list('');
  assert.equal(Object.keys(RECORDED).length, 151);
  for (const [name, [group, ...params]] of Object.entries(RECORDED)) {
    const described = ours[name];
    assert.equal(described?.group, group, name);
    assert.deepEqual(
      described?.params.map(short).map((param) => LATER[`${name} ${param}`] ?? param),
      params,
      name,
    );
  }
});

test('the functions of pies are listed apart', async () => {
  const pies = await list('type=pie');
  assert.deepEqual(Object.keys(pies), ['average', 'maximum', 'minimum']);
  assert.deepEqual(pies.average?.params, [{ name: 'series', type: 'series', required: true }]);
  assert.equal(pies.maximum?.function, 'maximum(series)');
  assert.deepEqual(Object.keys(await list('type=pie&grouped=1')), ['Pie']);
  const one = (path: string): ReturnType<typeof callRoute> =>
    callRoute(ROUTES, { path, fields: new URLSearchParams('type=pie') });
  assert.equal((await one('/functions/minimum')).status, 200);
  assert.equal((await one('/functions/scale')).status, 404);
});

test('arguments by keyword have the names that graphite-web has in its code', async () => {
  const targets = ['timeShift(a,"60s",alignDST=true)', 'stacked(a,stackName="s")', 'timeShift(a,"60s",alignDst=true)'];
  for (const target of targets) {
    const fields = new URLSearchParams({ target, format: 'json', from: '0', until: '120' });
    assert.equal((await callRoute(ROUTES, { path: '/render', fields })).status, 200, target);
  }
  assert.match((await list('')).timeShift?.function ?? '', /resetEnd=True, alignDST=False/);
});
