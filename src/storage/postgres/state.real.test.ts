import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { inspect } from 'node:util';
import { sql } from 'kysely';
import { pino } from 'pino';
import { systemClock } from '#io/clock.ts';
import { connectBeside, type Migrations, type State } from './index.ts';
import { createScratch, type Scratch } from './scratch-state.ts';

const notes: Migrations = {
  '001-notes': {
    up: (db) => sql`create table notes (id int primary key, text text)`.execute(db).then(() => undefined),
  },
};
let scratch: Scratch;
let state: State;

before(async () => {
  scratch = await createScratch();
  state = scratch.create(notes);
  await state.start();
});
after(() => scratch.remove());

async function texts(from: Pick<State, 'db'>): Promise<string[]> {
  const { rows } = await sql<{ text: string }>`select text from notes order by id`.execute(from.db);
  return rows.map(({ text }) => text);
}

test('a started state says what runs', async () => {
  assert.equal(state.status().state, 'up');
  assert.match(state.version(), /^18\./);
  assert.equal(state.kind, 'embedded');
  assert.ok((await state.sizeBytes()) > 1_000_000);
  const [postgres] = state.processes();
  assert.ok(postgres !== undefined && postgres.pid > 0);
  const status = await readFile(`/proc/${postgres.pid}/status`, 'utf8');
  assert.doesNotMatch(status, /^Uid:\t0\b/m, 'the server does not run as root');
});

test('nobody else can reach the server', async () => {
  const home = join(scratch.dataDir, 'postgres');
  assert.equal((await stat(join(home, 'run'))).mode & 0o777, 0o700);
  assert.equal((await stat(join(home, 'password'))).mode & 0o777, 0o600);
  const { rows } = await sql<{ listen_addresses: string }>`show listen_addresses`.execute(state.db);
  assert.equal(rows[0]?.listen_addresses, '');
});

test('large integers and times are numbers, numerics stay text', async () => {
  const { rows } = await sql`
    select count(*) as n, 1.50::numeric as x, timestamptz '2026-01-02 03:04:05.678+02' as t, null::timestamptz as none
  `.execute(state.db);
  assert.deepEqual(rows[0], { n: 1, x: '1.50', t: Date.UTC(2026, 0, 2, 1, 4, 5, 678), none: null });
  await assert.rejects(sql`select 9007199254740993::int8 as n`.execute(state.db), /beyond 2\^53/);
});

test('a second instance on the same folder is refused by name and harms nothing', async () => {
  const second = scratch.create(notes);
  const refusal = { code: 'conflict', message: new RegExp(`in use by process ${process.pid}: stop that one first`) };
  await assert.rejects(second.start(), refusal);
  assert.equal(second.status().state, 'failed');
  await second.stop();
  await sql`insert into notes values (1, 'kept')`.execute(state.db);
  await assert.rejects(scratch.create(notes).start(), { code: 'conflict' }, 'the lock is still there');
});

test('a command beside the running server uses that server', async () => {
  const options = {
    dataDir: scratch.dataDir,
    migrations: notes,
    clock: systemClock,
    logger: pino({ level: 'silent' }),
  };
  const beside = await connectBeside(options);
  assert.deepEqual(await texts(beside), ['kept']);
  await beside.close();
  assert.equal(state.status().state, 'up');
});

test('the same code talks to a server given by URL', async () => {
  const home = join(scratch.dataDir, 'postgres');
  const password = await readFile(join(home, 'password'), 'utf8');
  const place = `host=${encodeURIComponent(join(home, 'run'))}`;
  const other = scratch.create(notes, `postgresql://nocmate:${password}@/postgres?${place}`);
  await other.start();
  assert.equal(other.kind, 'server');
  assert.deepEqual(other.status(), { state: 'up', detail: 'connected' });
  assert.deepEqual(await texts(other), ['kept']);
  assert.deepEqual(other.processes(), []);
  await other.stop();
  const wrong = scratch.create(notes, `postgresql://nocmate:wrong@/postgres?${place}`);
  await assert.rejects(wrong.start(), { code: 'forbidden', message: /password authentication failed/ });
  const away = scratch.create(notes, `postgresql://nocmate:secret@/postgres?host=${scratch.dataDir}`);
  await assert.rejects(away.start(), { code: 'unavailable' });
  const garbled = scratch.create(notes, 'postgresql://nocmate:canary@[::1:5432/x');
  const refusal = await garbled.start().catch((error: unknown) => error);
  assert.match(String(refusal), /POSTGRES_URL is not like/);
  assert.doesNotMatch(inspect(refusal), /canary/);
});

test('a stopped state starts again with its data, and a command starts it for itself', async () => {
  await state.stop();
  assert.equal(state.status().state, 'off');
  await assert.rejects(texts(state), { code: 'unavailable' });
  const options = {
    dataDir: scratch.dataDir,
    migrations: notes,
    clock: systemClock,
    logger: pino({ level: 'silent' }),
  };
  const beside = await connectBeside(options);
  assert.deepEqual(await texts(beside), ['kept']);
  await beside.close();
  state = scratch.create(notes);
  await state.start();
  assert.deepEqual(await texts(state), ['kept']);
});

test('migrations apply all or none, and a newer schema is refused', async () => {
  await state.stop();
  const half = scratch.create({
    ...notes,
    '002-good': { up: (db) => sql`create table good (id int)`.execute(db).then(() => undefined) },
    '003-bad': { up: (db) => sql`create table notes (id int)`.execute(db).then(() => undefined) },
  });
  await assert.rejects(half.start(), /already exists/);
  assert.deepEqual(half.processes(), [], 'a failed start leaves no server behind');
  const newer = scratch.create({ ...notes, '000-late': { up: async () => undefined } });
  await newer.start();
  const { rows } = await sql`select to_regclass('good') as good`.execute(newer.db);
  assert.deepEqual(rows, [{ good: null }]);
  await newer.stop();
  await assert.rejects(scratch.create(notes).start(), { code: 'conflict', message: /another release/ });
});

test('a command awaits a server that is on its first start', async () => {
  const fresh = await createScratch();
  const options = { dataDir: fresh.dataDir, migrations: notes, clock: systemClock, logger: pino({ level: 'silent' }) };
  const starting = fresh.create(notes);
  const started = starting.start();
  while (!existsSync(join(fresh.dataDir, 'postgres', 'owner.json'))) await systemClock.sleep(1);
  const beside = await connectBeside({ ...options, create: true });
  assert.deepEqual(await texts(beside), []);
  await beside.close();
  await started;
  await fresh.remove();
});

test('a command finds no database where there is none', async () => {
  const empty = await createScratch();
  const options = { dataDir: empty.dataDir, migrations: {}, clock: systemClock, logger: pino({ level: 'silent' }) };
  await assert.rejects(connectBeside(options), { code: 'not_found' });
  await empty.remove();
});
