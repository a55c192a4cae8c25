import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChartSeries, ChartSpec } from './chart-spec.ts';
import { drawChart, drawPie, drawPng } from './draw.ts';

const MINUTE = 60_000;
const START = Date.UTC(2026, 10, 20, 6);

function wave(name: string, more: Partial<ChartSeries> = {}): ChartSeries {
  const values = Float64Array.from({ length: 240 }, (_, i) => 10 + Math.sin(i / 9));
  return { name, start: START, step: MINUTE, values, ...more };
}

const SPEC: ChartSpec = { width: 600, height: 300, series: [wave('a.one'), wave('a.two')] };

test('an SVG has title, legend with values, thresholds and marks as text', async () => {
  const svg = await drawChart({
    ...SPEC,
    title: 'Load & <more>',
    legend: 'values',
    thresholds: [{ value: 10.5, label: 'critical' }],
    marks: [{ time: START + 60 * MINUTE, label: 'deploy' }],
  });
  assert.match(svg, /^<svg width="600" height="300"/);
  for (const text of ['Load &amp; &lt;more&gt;', 'a.one  min 9  max 11  last', 'a.two', 'critical', 'deploy']) {
    assert.ok(svg.includes(text), text);
  }
});

test('times are those of the zone asked for', async () => {
  const labels = async (timeZone: string) => [...(await drawChart({ ...SPEC, timeZone })).matchAll(/>(\d\d:\d\d)</g)];
  const first = async (timeZone: string) => (await labels(timeZone))[0]?.[1];
  assert.equal(await first('UTC'), '06:00');
  assert.equal(await first('Asia/Tokyo'), '15:00');
});

test('a picture without values says so', async () => {
  const gaps = wave('gaps', { values: new Float64Array(240).fill(Number.NaN) });
  for (const series of [[], [gaps]]) {
    assert.match(await drawChart({ ...SPEC, series, empty: 'Nothing here' }), /Nothing here/);
  }
  assert.doesNotMatch(await drawChart({ ...SPEC, empty: 'Nothing here' }), /Nothing here/);
});

test('each theme has its colours; a series may have its own', async () => {
  assert.match(await drawChart({ ...SPEC, theme: 'dark' }), /#171b21[^]*#5e61e5/);
  const own = await drawChart({ ...SPEC, background: 'white', series: [wave('x', { color: '#123456', dash: 4 })] });
  assert.match(own, /stroke="#123456"[^>]*stroke-dasharray="4,4"|stroke-dasharray="4,4"[^>]*stroke="#123456"/);
});

test('every way of drawing gives a picture', async () => {
  const ways: readonly Partial<ChartSeries>[] = [
    { draw: 'staircase' },
    { draw: 'connected' },
    { draw: 'infinite' },
    { fill: 0.5, stack: 's' },
    { floor: new Float64Array(240).fill(3) },
    { axis: 'right' },
  ];
  const plain = await drawChart({ ...SPEC, series: [wave('plain'), wave('x')] });
  for (const way of ways) {
    const svg = await drawChart({ ...SPEC, series: [wave('plain'), wave('x', way)], right: { unit: 'binary' } });
    assert.notEqual(svg, plain, JSON.stringify(way));
  }
});

test('a logarithmic axis leaves out what has no logarithm', async () => {
  const values = Float64Array.from({ length: 240 }, (_, i) => i - 10);
  const svg = await drawChart({ ...SPEC, series: [wave('x', { values })], left: { logBase: 10 } });
  assert.doesNotMatch(svg, /NaN|Infinity/);
});

test('a PNG has the size asked for', async () => {
  const png = Buffer.from(await drawPng(SPEC));
  assert.equal(png.subarray(1, 4).toString('latin1'), 'PNG');
  assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [600, 300]);
});

test('a thousand long series are drawn with few points each', async () => {
  const values = new Float64Array(20_000).fill(1);
  const series = Array.from({ length: 1000 }, (_, i) => wave(`s${i}`, { values }));
  assert.ok((await drawChart({ ...SPEC, series, legend: 'names' })).length < 4_000_000);
});

test('what cannot be drawn is refused', async () => {
  await assert.rejects(drawChart({ ...SPEC, width: 4001 }), { code: 'bad_request' });
  await assert.rejects(drawChart({ ...SPEC, height: 0 }), { code: 'bad_request' });
  await assert.rejects(drawChart({ ...SPEC, series: Array.from({ length: 1001 }, () => wave('x')) }), {
    code: 'bad_request',
  });
});

test('a pie names its slices and leaves out those below zero', async () => {
  const slices = [
    { name: 'big', value: 3000 },
    { name: 'small', value: 1000 },
    { name: 'negative', value: -1 },
  ];
  const svg = await drawPie({ width: 400, height: 300, slices });
  assert.match(svg, /big 3K[^]*75 %/);
  assert.doesNotMatch(svg, /negative/);
});
