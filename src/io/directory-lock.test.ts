import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { lockDirectory, ownerOf } from './directory-lock.ts';
import { identify } from './process-identity.ts';

const RACES = 50;
const RACERS = 6;

test('of many that want a directory left by a dead process exactly one gets it', async (t) => {
  const directory = await mkdtemp(join(tmpdir(), 'nocmate-lock-'));
  t.after(() => rm(directory, { recursive: true, force: true }));
  const self = await identify(process.pid);
  // The pid lives, but it is that of another process than the one that took the lock.
  const dead = JSON.stringify({ pid: process.pid, started: `before ${self?.started}` });
  for (let race = 0; race < RACES; race += 1) {
    await writeFile(join(directory, 'owner.json'), race % 2 === 0 ? dead : '{"pid":');
    const results = await Promise.allSettled(Array.from({ length: RACERS }, () => lockDirectory(directory)));
    const won = results.filter((one) => one.status === 'fulfilled');
    assert.equal(won.length, 1, `race ${race}`);
    for (const one of results) if (one.status === 'rejected') assert.match(String(one.reason), /in use by process/);
    assert.equal(await ownerOf(directory), process.pid);
    await won[0]?.value();
    assert.equal(await ownerOf(directory), undefined);
  }
  assert.deepEqual(await readdir(directory), []);
});

test('a takeover that died in the middle is taken over', async (t) => {
  const directory = await mkdtemp(join(tmpdir(), 'nocmate-lock-'));
  t.after(() => rm(directory, { recursive: true, force: true }));
  const dead = JSON.stringify({ pid: 1, started: 'never' });
  await writeFile(join(directory, 'owner.json'), dead);
  await writeFile(join(directory, 'owner.json.takeover'), dead);
  const unlock = await lockDirectory(directory);
  await assert.rejects(lockDirectory(directory), { code: 'conflict' });
  await unlock();
  assert.deepEqual(await readdir(directory), []);
});
