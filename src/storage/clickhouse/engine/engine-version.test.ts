import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { testFolder } from '../telemetry-fixture.ts';
import { claimDirectory, compareVersions, libraryVersion } from './engine-version.ts';

test('versions are ordered by their numbers', () => {
  assert.ok(compareVersions('26.10.1-stable.1', '26.7.3-stable.1') > 0);
  assert.ok(compareVersions('26.7.3-stable.1', '26.7.3-stable.2') < 0);
  assert.equal(compareVersions('26.7.3', '26.7.3'), 0);
});

test('a directory takes a newer engine and refuses an older one', async (t) => {
  const directory = join(await testFolder(t), 'clickhouse');
  await claimDirectory(directory, '26.7.3-stable.1');
  await claimDirectory(directory, '26.8.1-stable.1');
  await assert.rejects(claimDirectory(directory, '26.7.3-stable.1'), /written by engine 26.8.1-stable.1.*newer/);
  assert.equal(await readFile(join(directory, 'engine.json'), 'utf8'), '{"version":"26.8.1-stable.1"}');
});

test('the version of the installed engine is known without opening a directory', () => {
  assert.match(libraryVersion(), /^\d+\.\d+\.\d+/);
});
