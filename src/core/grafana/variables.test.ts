import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Variable } from '#core/api/dashboard.ts';
import { convertGrafanaDashboard } from './index.ts';

function convert(...list: readonly object[]): { variables: readonly Variable[]; notes: readonly string[] } {
  const { dashboard, report } = convertGrafanaDashboard({ schemaVersion: 39, panels: [], templating: { list } });
  return { variables: dashboard.variables, notes: report.notes.map(({ what, how }) => `${what}: ${how}`) };
}

const CASES: readonly (readonly [source: object, wanted: Partial<Variable>])[] = [
  [
    { type: 'query', query: 'label_values(up, job)', current: { value: ['a', 'b,c', '5%'] }, multi: true },
    { kind: 'query', language: 'promql', text: 'label_values(up, job)', value: 'a,b%2Cc,5%25', multi: true },
  ],
  [
    { type: 'query', datasource: 'Graphite', query: 'a.[[b]].*', includeAll: true, current: { value: '$__all' } },
    { kind: 'query', language: 'graphite', text: 'a.${b}.*', value: '$__all', includeAll: true },
  ],
  [
    { type: 'query', query: 'servers.*' },
    { kind: 'query', language: 'graphite' },
  ],
  [{ type: 'query', definition: 'metrics(node_.*)', query: { refId: 'x' } }, { text: 'metrics(node_.*)' }],
  [
    { type: 'query', query: 'up{job="a"}', regex: '/job="(.*)"/' },
    { text: 'query_result(up{job="a"})', regex: '/job="(.*)"/' },
  ],
  [
    { type: 'query', datasource: { type: 'loki' }, query: 'label_values(x)', current: { value: '$__all' } },
    { kind: 'query', language: 'logs', text: '| top 1000 x', value: '$__all' },
  ],
  [
    { type: 'query', datasource: { type: 'loki' }, query: { label: 'app', stream: '{a="b"}', type: 1 } },
    { kind: 'query', language: 'logs', text: 'a:b | top 1000 app' },
  ],
  [
    {
      type: 'query',
      datasource: { type: 'elasticsearch' },
      query: '{"find":"terms","field":"h.keyword","query":"x:1"}',
    },
    { kind: 'query', language: 'logs', text: 'x:1 | top 1000 h' },
  ],
  [
    { type: 'query', datasource: { type: 'elasticsearch' }, query: '{"find":"fields"}', current: { value: 'a' } },
    { kind: 'text', value: 'a' },
  ],
  [
    { type: 'custom', query: 'a\\,b, c , One : 1' },
    { kind: 'custom', values: ['a,b', 'c', '1'] },
  ],
  [
    { type: 'interval', query: '1m,5m', current: { value: '5m' } },
    { kind: 'interval', values: ['1m', '5m'], value: '5m' },
  ],
  [
    { type: 'interval', query: '1m', auto: true, current: { value: '$__auto_interval_x' } },
    { values: ['$__interval', '1m'], value: '$__interval' },
  ],
  [
    { type: 'textbox', query: 'x', label: 'Filter' },
    { kind: 'text', value: 'x', title: 'Filter' },
  ],
  [
    { type: 'constant', query: 'eu', hide: 2 },
    { kind: 'constant', value: 'eu', hidden: true },
  ],
];

for (const [source, wanted] of CASES) {
  test(`${JSON.stringify(source)} becomes ${JSON.stringify(wanted)}`, () => {
    const { variables } = convert({ name: 'x', ...source });
    const found = Object.fromEntries(Object.entries(variables[0] ?? {}).filter(([key]) => key in wanted));
    assert.deepEqual(found, wanted);
  });
}

test('what has no counterpart is told and left out', () => {
  const { variables, notes } = convert(
    { name: 'ds', type: 'datasource', query: 'prometheus' },
    { name: 'filters', type: 'adhoc' },
    { name: 'g', type: 'groupby' },
    { name: 'no-name', type: 'textbox' },
    { name: 'twice', type: 'textbox' },
    { name: 'twice', type: 'textbox' },
  );
  assert.deepEqual(
    variables.map(({ name }) => name),
    ['twice'],
  );
  assert.deepEqual(
    notes.map((note) => note.split(':')[0]),
    ['ds', 'filters', 'g', 'no-name', 'twice'].map((name) => `variable ${name}`),
  );
});
