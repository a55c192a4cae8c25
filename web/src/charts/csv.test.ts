import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chartCsv } from './csv.ts';

test('a chart becomes a table of UTC times, with gaps empty and names quoted', () => {
  const csv = chartCsv({
    series: [
      { key: 'a', name: 'a', labels: { __name__: 'up', host: 'a' }, query: 0 },
      { key: 'b', name: 'b', labels: { __name__: '=cmd' }, query: 0 },
    ],
    t: Float64Array.of(0, 1_000, 2_000),
    values: [Float64Array.of(1, Number.NaN, 0.5), Float64Array.of(Number.NaN, Number.NaN, -2)],
    from: 0,
    to: 2_000,
    step: 1_000,
  });
  assert.equal(
    csv,
    `time,"up{host=""a""}",'=cmd\r\n1970-01-01T00:00:00.000Z,1,\r\n1970-01-01T00:00:02.000Z,0.5,-2\r\n`,
  );
});
