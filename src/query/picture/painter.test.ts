import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { ChartSpec } from './chart-spec.ts';
import { drawChart } from './draw.ts';
import { Painter } from './painter.ts';

const painter = new Painter();
after(() => painter.stop());

const SPEC: ChartSpec = {
  width: 300,
  height: 200,
  unlisted: new Set([1]),
  series: ['a', 'b'].map((name) => ({ name, start: 0, step: 60_000, values: new Float64Array([1, 2, Number.NaN, 4]) })),
};

test('the thread draws the same picture', async () => {
  const [one, two] = await Promise.all([0, 1].map(() => painter.draw({ kind: 'chart', spec: SPEC })));
  const ids = /zr\d+-[\w-]+/g;
  const here = (await drawChart(SPEC)).replace(ids, 'id');
  assert.deepEqual([one?.replace(ids, 'id'), two?.replace(ids, 'id')], [here, here]);
});

test('refusals come back as they are', async () => {
  await assert.rejects(painter.draw({ kind: 'chart', spec: { ...SPEC, width: 0 } }), { code: 'bad_request' });
  assert.match(await painter.draw({ kind: 'pie', spec: { ...SPEC, slices: [{ name: 'all', value: 1 }] } }), />all 1 /);
});

test('a thread that ends refuses what waits; the next picture has a new one', async () => {
  const own = new Painter();
  const drawing = own.draw({ kind: 'chart', spec: SPEC });
  const refused = assert.rejects(drawing, { code: 'unavailable' });
  await own.stop();
  await refused;
  assert.match(await own.draw({ kind: 'chart', spec: SPEC }), /^<svg/);
  await own.stop();
});
