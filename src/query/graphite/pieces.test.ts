import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bindArgs } from './args.ts';
import { mapRows } from './consolidation.ts';
import type { CallContext } from './function-def.ts';
import { FUNCTIONS, findFunction } from './functions/index.ts';
import { mapSlowly, runInPieces } from './pieces.ts';
import { makeSeries, type Series } from './series.ts';

const POINTS = 30_000;
const LIST = Array.from({ length: 10 }, (_, i) => {
  const values = new Float64Array(POINTS).fill(i);
  return makeSeries({ name: `s${i}`, start: 0, end: POINTS, step: 1, values });
});

/** A context that counts how often other work may run. */
function counting(): { context: CallContext; breaths: () => number } {
  let count = 0;
  const breathe = async (): Promise<void> => {
    count += 1;
  };
  return { context: { breathe, checkPoints: (_points: number) => {} } as CallContext, breaths: () => count };
}

test('a long list goes through a function in pieces, in order', async () => {
  const def = findFunction('scale');
  assert.ok(def?.perSeries === true);
  const { context, breaths } = counting();
  const args = bindArgs({ name: 'scale', params: def.params }, [LIST, 2], new Map());
  const found = (await runInPieces(def, args, context)) as readonly Series[];
  assert.deepEqual(
    found.map(({ name, values }) => [name, values[0], values.length]),
    LIST.map(({ name }, i) => [`scale(${name},2)`, 2 * i, POINTS]),
  );
  assert.equal(breaths(), 3);
});

test('an empty list goes through too, so that arguments are checked', async () => {
  const def = findFunction('integralByInterval');
  assert.ok(def?.perSeries === true);
  const args = bindArgs({ name: def.name, params: def.params }, [[], '0s'], new Map());
  await assert.rejects(runInPieces(def, args, counting().context), { code: 'bad_query' });
});

test('rows of many series and slow maps give way as well', async () => {
  const rows = counting();
  const sums = await mapRows(LIST, rows.context, (row) => row.reduce((a, b) => a + b));
  assert.deepEqual([sums.length, sums[0], sums.at(-1)], [POINTS, 45, 45]);
  assert.equal(rows.breaths(), 6);
  const slow = counting();
  assert.deepEqual(await mapSlowly([1, 2, 3], slow.context, async (item, i) => item * i), [0, 2, 6]);
  assert.equal(slow.breaths(), 3);
});

test('functions that go in pieces take one list called seriesList', () => {
  const inPieces = FUNCTIONS.filter((def) => def.perSeries === true);
  assert.ok(inPieces.length > 40);
  for (const { name, params } of inPieces) {
    assert.deepEqual([params[0]?.name, params[0]?.multiple], ['seriesList', undefined], name);
  }
});
