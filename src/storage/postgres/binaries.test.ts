import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { findNative, prepareBinaries } from './binaries.ts';
import { barrierTo, chooseRunUser } from './run-user.ts';

const nobody = { name: 'nobody', uid: 65_534, gid: 65_534 };
const isRoot = process.getuid?.() === 0;

test('programs that the run user cannot reach are copied once to where it can', { skip: !isRoot }, async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'nocmate-bin-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const [locked, home] = [join(folder, 'locked'), join(folder, 'home')];
  await mkdir(locked, { mode: 0o700 });
  await mkdir(home);
  await chmod(folder, 0o755);
  const native = join(locked, 'package', 'native');
  await cp(dirname(findNative()), dirname(native), { recursive: true });
  assert.equal(await barrierTo(join(native, 'bin', 'postgres'), nobody), locked);
  const binaries = await prepareBinaries(native, home, nobody);
  assert.ok(binaries.postgres.startsWith(home));
  const options = { env: { ...binaries.env }, cwd: '/', uid: nobody.uid, gid: nobody.gid };
  for (const program of [binaries.postgres, binaries.initdb]) {
    assert.match((await promisify(execFile)(program, ['--version'], options)).stdout, /PostgreSQL\) 18\./);
  }
  const again = await prepareBinaries(native, home, nobody);
  assert.deepEqual(again, binaries);
  assert.deepEqual(
    (await readdir(home)).map((name) => name.replace(/-.*/, '')),
    ['links', 'native'],
  );
});

test('programs that can be reached stay where they are, with links of our own to their libraries', async (t) => {
  const home = await mkdtemp(join(tmpdir(), 'nocmate-bin-'));
  t.after(() => rm(home, { recursive: true, force: true }));
  const binaries = await prepareBinaries(findNative(), home, undefined);
  assert.equal(binaries.postgres, join(findNative(), 'bin', 'postgres'));
  const env = { ...binaries.env };
  assert.match((await promisify(execFile)(binaries.initdb, ['--version'], { env })).stdout, /PostgreSQL\) 18\./);
  assert.ok((await readdir(join(home, 'links'))).length > 5);
});

test('the run user is postgres, else nobody, never root', () => {
  const line = (name: string, uid: string): string => `${name}:x:${uid}:${uid}::/:/bin/sh`;
  const root = line('root', '0');
  const cases: [passwd: string[], name: string | undefined][] = [
    [[root, line('nobody', '65534'), line('postgres', '70')], 'postgres'],
    [[root, line('nobody', '65534')], 'nobody'],
    [[root, line('postgres', '0'), line('nobody', '99')], 'nobody'],
    [[root, 'nobody:x:abc:1::/:', ''], undefined],
  ];
  for (const [passwd, name] of cases) assert.equal(chooseRunUser(passwd.join('\n'))?.name, name, passwd.join(' '));
});
