import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import type { State } from '#storage/postgres/index.ts';
import { createScratch, type Scratch } from '#storage/postgres/scratch-state.ts';
import { createKeyRing, SecretStore, secretMigrations } from './index.ts';

const BY = { name: 'ops', now: 1_700_000_000_000 };
let scratch: Scratch;
let state: State;
let store: SecretStore;

before(async () => {
  scratch = await createScratch();
  state = scratch.create(secretMigrations);
  await state.start();
  store = new SecretStore(state.db, createKeyRing(scratch.dataDir, undefined));
});
after(() => scratch.remove());

const table = async (): Promise<string> =>
  JSON.stringify((await sql`select name, key_id, encode(box, 'escape') as box from secrets`.execute(state.db)).rows);

test('a secret is kept encrypted, with the key beside the database and for its owner only', async () => {
  await store.put('db/password', 'correct horse', BY);
  await store.put('long', 'ü'.repeat(5_000), BY);
  assert.equal(await store.get('db/password'), 'correct horse');
  assert.equal(await store.get('long'), 'ü'.repeat(5_000));
  assert.doesNotMatch(await table(), /correct|horse/);
  const path = join(scratch.dataDir, 'secret.key');
  assert.equal((await stat(path)).mode & 0o777, 0o600);
  assert.ok(!(await table()).includes((await readFile(path, 'utf8')).trim()));
  assert.deepEqual((await store.list())[0], { name: 'db/password', updatedAt: BY.now, updatedBy: 'ops' });
});

test('what is absent, moved or changed is not given out', async () => {
  await store.put('a', 'of a', BY);
  await store.put('b', 'of b', BY);
  await assert.rejects(store.get('c'), { code: 'not_found' });
  await sql`update secrets set (iv, tag, box) = (select iv, tag, box from secrets where name = 'a') where name = 'b'`.execute(
    state.db,
  );
  await assert.rejects(store.get('b'), { message: /was changed/ });
  await sql`update secrets set box = set_byte(box, 0, get_byte(box, 0) # 1) where name = 'a'`.execute(state.db);
  await assert.rejects(store.get('a'), { message: /was changed/ });
  await store.remove(['a', 'b']);
});

test('a rotation encrypts all anew; the old key opens nothing any more; a running server goes on', async () => {
  await store.put('x', 'of x', BY);
  const path = join(scratch.dataDir, 'secret.key');
  const old = await readFile(path, 'utf8');
  const beside = new SecretStore(state.db, createKeyRing(scratch.dataDir, undefined));
  assert.equal(await beside.rotate(), (await store.list()).length);
  assert.equal(await store.get('x'), 'of x');
  assert.equal(await store.get('db/password'), 'correct horse');
  const rotated = await readFile(path, 'utf8');
  assert.notEqual(rotated, old);
  assert.equal(rotated.split('\n').filter(Boolean).length, 1);
  await writeFile(path, old);
  await assert.rejects(store.get('x'), { message: /key .* is not there/ });
  await writeFile(path, rotated);
});

test('keys of the environment: the first encrypts, all decrypt, and nothing is written', async () => {
  const [first, second] = ['ab'.repeat(32), Buffer.alloc(32, 7).toString('base64')];
  const before = new SecretStore(state.db, createKeyRing('/nowhere', second));
  await before.put('env', 'kept', BY);
  const both = new SecretStore(state.db, createKeyRing('/nowhere', `${first},${second}`));
  assert.equal(await both.get('env'), 'kept');
  await assert.rejects(before.rotate(), { code: 'bad_request', message: /in front of the old one/ });
  await store.remove(['x', 'long', 'db/password']);
  assert.equal(await both.rotate(), 1);
  assert.equal(await new SecretStore(state.db, createKeyRing('/nowhere', first)).get('env'), 'kept');
  await assert.rejects(before.get('env'), { message: /is not there/ });
});

test('of many who make the first key at once all get the same', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'nocmate-keys-'));
  t.after(() => rm(folder, { recursive: true }));
  const rings = Array.from({ length: 8 }, () => createKeyRing(folder, undefined));
  const ids = await Promise.all(rings.map(async (ring) => (await ring.keys())[0].id));
  assert.equal(new Set(ids).size, 1);
  assert.deepEqual(await readdir(folder), ['secret.key']);
});

test('what is no key is refused', () => {
  for (const text of ['short', 'ab'.repeat(31)]) {
    assert.throws(() => createKeyRing('/nowhere', text), { code: 'bad_request', message: /32 bytes/ });
  }
});
