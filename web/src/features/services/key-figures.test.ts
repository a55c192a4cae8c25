import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CatalogueEntry } from '#core/api/collectors.ts';
import type { TextHeader } from '#core/api/text-query.ts';
import { figureKey, keyFigureQuery, keyFiguresOf } from './key-figures.ts';

const entry = (more: Partial<CatalogueEntry>): CatalogueEntry => ({ intervalMs: 10_000, ...more }) as CatalogueEntry;
const figure = { metric: 'a_total', isRate: true, unit: 'per_second', help: '' };

test('all kinds are asked for at once: rates over a few samples, gauges as they are, checks whether they hold', () => {
  const where = { type: 'front"end' };
  const query = keyFigureQuery([
    entry({ id: 'a', keyFigure: figure, intervalMs: 30_000 }),
    entry({ id: 'b', keyFigure: { ...figure, metric: 'b', isRate: false, where }, okMetric: 'b_ok' }),
    entry({ id: 'c' }),
  ]);
  const [rate = '', gauge = '', ok = '', ...more] = query.split(' or ');
  assert.match(rate, /sum by \(host,service,instance,check\) \(rate\(a_total\[120s\]\)\), "collector", "a"/);
  assert.match(gauge, /\(b\{type="front\\"end"\}\), "collector", "b", "", ""\), "figure", "value"/);
  assert.match(ok, /min by \(host,service,instance,check\) \(b_ok\), "collector", "b", "", ""\), "figure", "ok"/);
  assert.deepEqual(more, []);
  assert.equal(keyFigureQuery([]), '');
});

test('an answer is taken apart by target', () => {
  const labels = { collector: 'a', host: 'h', instance: 'h:1', service: 'a' };
  const series = [
    { sid: '1', labels: { ...labels, figure: 'value' } },
    { sid: '2', labels: { ...labels, figure: 'ok', check: 'x' } },
  ];
  const header = { type: 'range', band: false, series } as unknown as TextHeader;
  const columns = [Float64Array.of(1, 2), Float64Array.of(0)];
  const { values, ok } = keyFiguresOf({ header, columns });
  assert.deepEqual(values.get(figureKey('a', { host: 'h', instance: 'h:1', service: 'a' })), columns[0]);
  assert.deepEqual(ok.get(figureKey('a', { ...labels, check: 'x' })), columns[1]);
});
