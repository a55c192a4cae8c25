import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CatalogueEntry, StoredTarget } from '#core/api/collectors.ts';
import type { CollectorStatus } from '#core/api/status.ts';
import { figureKey } from './key-figures.ts';
import { countStates, countsText, groupServices, wantedServices } from './service-groups.ts';
import { serviceRows } from './service-rows.ts';

const status = (plugin: string, target: string, more: Partial<CollectorStatus> = {}): CollectorStatus => {
  const labels = { host: 'h', service: plugin, instance: target };
  const texts = { title: plugin.toUpperCase(), summary: '', lastError: '', errorKind: '', origin: 'page' } as const;
  const numbers = { intervalMs: 1, since: 5, lastRunAt: 0, lastSuccessAt: 0, lastDurationMs: 0, pausedUntil: 0 };
  const counts = { series: 0, runs: 1, failures: 0, skipped: 0 };
  return { plugin, target, labels, up: true, ...texts, ...numbers, ...counts, ...more };
};
const down = { up: false, lastError: 'no route', errorKind: 'unreachable' };
const check = { id: 'c', title: 'C', okMetric: 'c_ok', dashboard: 'builtin-c' } as CatalogueEntry;
const nothing = { values: new Map<string, Float64Array>(), ok: new Map<string, Float64Array>() };
const rowsOf = (statuses: readonly CollectorStatus[], more: Partial<Parameters<typeof serviceRows>[0]> = {}) =>
  serviceRows({ statuses, stored: [], catalogue: [check], figures: nothing, ...more });

test('what is down stands first with its error, what is off last', () => {
  const off = { collector: 'a', target: 'off:1', labels: {}, enabled: false } as unknown as StoredTarget;
  const statuses = [
    status('a', 'w-10'),
    status('a', 'w-2'),
    status('b', 'x', down),
    status('b', 'y', { runs: 0, up: false }),
  ];
  const rows = rowsOf(statuses, { stored: [off] });
  assert.deepEqual(
    rows.map(({ target, state }) => `${target} ${state}`),
    ['x down', 'y unknown', 'w-2 up', 'w-10 up', 'off:1 off'],
  );
  assert.equal(rows[0]?.error, 'unreachable: no route');
});

test('a check that does not hold is down, though its collector is up', () => {
  const key = figureKey('c', { host: 'h', service: 'c', instance: 'x', check: 'x' });
  const ok = new Map([[key, Float64Array.of(1, 0)]]);
  const values = new Map([[key, Float64Array.of(3)]]);
  const [row] = rowsOf([status('c', 'x')], { figures: { values, ok } });
  assert.equal(row?.state, 'down');
  assert.match(row?.error ?? '', /not as it should be/);
  assert.deepEqual(row?.values, values.get(key));
});

test('groups with something down stand first; a shut group hides its services', () => {
  const rows = rowsOf([status('a', '1'), status('a', '2'), status('b', '3', down)]);
  const lines = groupServices(rows, 'kind', new Set(['A']));
  assert.deepEqual(
    lines.map((line) => (line.line === 'group' ? `${line.name}: ${countsText(line.counts)}` : line.row.target)),
    ['B: 1 down', '3', 'A: 2 up'],
  );
  assert.equal(groupServices(rows, 'host', new Set()).length, 4);
});

test('words, a state and the scope narrow', () => {
  const rows = rowsOf([status('a', 'one'), status('a', 'two', down), status('b', 'two')]);
  const targets = (wanted: Partial<Parameters<typeof wantedServices>[1]>): string[] =>
    wantedServices(rows, { typed: '', state: undefined, matchers: [], ...wanted }).map(({ key }) => key);
  assert.deepEqual(targets({ typed: 'A tw' }), ['a two']);
  assert.deepEqual(targets({ state: 'down' }), ['a two']);
  assert.deepEqual(targets({ matchers: [{ label: 'instance', op: '!=', value: 'two' }] }), ['a one']);
  assert.deepEqual(targets({ matchers: [{ label: 'host', op: '=~', value: '(' }] }), []);
  assert.deepEqual(countStates(rows), { down: 1, unknown: 0, up: 2, off: 0 });
});
