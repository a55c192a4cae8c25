import assert from 'node:assert/strict';
import { test } from 'node:test';
import { callRoute } from '#api/graphite/call-route.ts';
import { createPromEngine } from '#query/promql/engine.ts';
import { createMemoryStore } from '#query/promql/testing/memory-source.ts';
import { createQueryTrees } from './query-tree.ts';

const api = { engine: createPromEngine(createMemoryStore().source) } as Parameters<
  ReturnType<typeof createQueryTrees>
>[0];
const trees = createQueryTrees();

async function treeOf(query: string): Promise<unknown> {
  const routes = [
    {
      ...({ method: 'GET', path: '/tree', permission: 'read' } as const),
      handler: (request: Parameters<typeof trees>[1]) => trees(api, request),
    },
  ];
  const { text } = await callRoute(routes, { path: '/tree', method: 'GET', fields: new URLSearchParams({ query }) });
  return (JSON.parse(text) as { data: unknown }).data;
}

const selector = { offset: 0, timestamp: null, startOrEnd: null, anchored: false, smoothed: false };
const named = (name: string) => ({ name, ...selector, matchers: [{ name: '__name__', value: name, type: '=' }] });

test('calls say what their function takes; a selector has its name apart and at the end of its matchers', async () => {
  assert.deepEqual(await treeOf('sum by (job) (rate(up{job=~"a.*"}[5m] offset 1m))'), {
    type: 'aggregation',
    op: 'sum',
    param: null,
    grouping: ['job'],
    without: false,
    expr: {
      type: 'call',
      func: { name: 'rate', argTypes: ['matrix'], variadic: 0, returnType: 'vector' },
      args: [
        {
          ...{ ...selector, type: 'matrixSelector', name: 'up', range: 300_000, offset: 60_000 },
          matchers: [
            { name: 'job', value: 'a.*', type: '=~' },
            { name: '__name__', value: 'up', type: '=' },
          ],
        },
      ],
    },
  });
  assert.deepEqual(await treeOf('{"a.b"} @ end()'), {
    ...named('a.b'),
    type: 'vectorSelector',
    name: '',
    startOrEnd: 'end',
  });
});

test('operators have their matching only between vectors', async () => {
  assert.deepEqual(await treeOf('a * on (x) group_left (y) b'), {
    ...{ type: 'binaryExpr', op: '*', bool: false },
    lhs: { type: 'vectorSelector', ...named('a') },
    rhs: { type: 'vectorSelector', ...named('b') },
    matching: { card: 'many-to-one', labels: ['x'], on: true, include: ['y'], fillValues: { lhs: null, rhs: null } },
  });
  assert.deepEqual(await treeOf('-(1 > bool Inf)'), {
    type: 'unaryExpr',
    op: '-',
    expr: {
      type: 'parenExpr',
      expr: {
        ...{ type: 'binaryExpr', op: '>', matching: null, bool: true },
        lhs: { type: 'numberLiteral', val: '1' },
        rhs: { type: 'numberLiteral', val: '+Inf' },
      },
    },
  });
});

test('a subquery and the text of a string', async () => {
  assert.deepEqual(await treeOf('max_over_time(a[5m:30s] @ 7.5)'), {
    type: 'call',
    func: { name: 'max_over_time', argTypes: ['matrix'], variadic: 0, returnType: 'vector' },
    args: [
      {
        ...{ type: 'subquery', range: 300_000, step: 30_000, offset: 0, timestamp: 7_500, startOrEnd: null },
        expr: { type: 'vectorSelector', ...named('a') },
      },
    ],
  });
  assert.deepEqual(await treeOf('"x\\"y"'), { type: 'stringLiteral', val: 'x"y' });
});
