import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { readPatterns, writePatterns } from './pattern-file.ts';
import { PatternMiner } from './pattern-miner.ts';

async function pathFor(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'nocmate-patterns-'));
  t.after(() => rm(folder, { recursive: true }));
  return join(folder, 'patterns.json');
}

const told = (miner: PatternMiner): unknown => [...miner.live].map(({ id }) => miner.known(id));

test('the next process knows all that was written down, and goes on with it', async (t) => {
  const path = await pathFor(t);
  const miner = new PatternMiner();
  const take = (from: PatternMiner, line: string): string => from.take('svc', line, 7)?.id ?? '';
  const names = ['ann', 'bob', 'eve', 'joe', 'kim'];
  for (const name of names) take(miner, `user ${name} logged in`);
  const status = take(miner, 'status 200 of x');
  miner.orders = { splits: { [status]: 1 }, merges: { [status]: take(miner, 'disk full') }, pins: [status] };
  const part = take(miner, 'status 404 of x');
  await writePatterns(path, miner);

  const next = new PatternMiner();
  await readPatterns(path, next);
  assert.deepEqual(told(next), told(miner));
  assert.deepEqual([next.orders, [...next.aliases]], [miner.orders, [...miner.aliases]]);
  const ids = ['user zoe logged in', 'status 404 of x', 'disk full'].map((line) => take(next, line));
  assert.deepEqual(
    ids,
    ['user zoe logged in', 'status 404 of x', 'disk full'].map((line) => take(miner, line)),
  );
  assert.equal(ids[1], part);
  assert.equal(next.size, miner.size);
});

test('without a file, or with a broken one, nothing is known', async (t) => {
  const path = await pathFor(t);
  for (const text of [undefined, '', '{"patterns":1}', '[']) {
    if (text !== undefined) await writeFile(path, text);
    const miner = new PatternMiner();
    await readPatterns(path, miner);
    assert.equal(miner.size, 0);
  }
});
