import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, test } from 'node:test';
import { sql } from 'kysely';
import { AppError } from '#core/errors.ts';
import { systemClock } from '#io/clock.ts';
import { identify, isAlive } from '#io/process-identity.ts';
import type { State } from './index.ts';
import { createScratch, type Scratch } from './scratch-state.ts';

let scratch: Scratch;
beforeEach(async () => {
  scratch = await createScratch();
});
afterEach(() => scratch.remove());

/** A process of its own that starts a state on the folder and prints the pid of its PostgreSQL. */
function startElsewhere(dataDir: string): ChildProcess {
  const script = `
    import { pino } from 'pino';
    import { systemClock } from '#io/clock.ts';
    import { createState } from '#storage/postgres/index.ts';
    const state = createState({ dataDir: process.argv[1], migrations: {}, clock: systemClock, logger: pino({ level: 'silent' }) });
    await state.start().catch((error) => { console.log(error.message); process.exit(1); });
    console.log(state.processes()[0].pid);
    setInterval(() => undefined, 60_000);`;
  const flags = ['--input-type=module-typescript', '-e', script, dataDir];
  return spawn(process.execPath, flags, { stdio: ['ignore', 'pipe', 'inherit'] });
}

async function firstLine(child: ChildProcess): Promise<string> {
  assert.ok(child.stdout !== null);
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return line;
}

async function kill(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

/** Asks until the database answers again and its watch knows it; how often it refused. */
async function answering(state: State): Promise<number> {
  let refusals = 0;
  for (;;) {
    try {
      await sql`select 1`.execute(state.db);
      if (state.status().state === 'up') return refusals;
    } catch (error) {
      assert.ok(error instanceof AppError && error.code === 'unavailable', `typed while away: ${String(error)}`);
      refusals += 1;
      await systemClock.sleep(20);
    }
  }
}

test('kill -9 of the server loses no commit and the pool finds the new one', async () => {
  const state = scratch.create();
  await state.start();
  await sql`create table ledger (id int primary key)`.execute(state.db);
  let acknowledged = 0;
  for (let round = 0; round < 5; round += 1) {
    const pid = state.processes()[0]?.pid ?? 0;
    const victim = await identify(pid);
    assert.ok(victim !== undefined);
    const writer = (async () => {
      for (let id = round * 1_000; ; id += 1) {
        await sql`insert into ledger values (${id})`.execute(state.db);
        acknowledged += 1;
        if (id % 1_000 === 10) process.kill(pid, 'SIGKILL');
      }
    })();
    await assert.rejects(writer, { code: 'unavailable' });
    while (await isAlive(victim)) await systemClock.sleep(5);
    await answering(state);
    assert.notEqual(state.processes()[0]?.pid, pid);
  }
  const { rows } = await sql<{ n: number }>`select count(*) as n from ledger`.execute(state.db);
  const kept = rows[0]?.n ?? 0;
  // A commit whose answer was cut off may be there; one that was answered must be.
  assert.ok(kept >= acknowledged && kept <= acknowledged + 5, `${kept} kept, ${acknowledged} acknowledged`);
  assert.equal(state.status().state, 'up');
});

test('the server that a killed process left behind is ended and its data opened', async () => {
  const parent = startElsewhere(scratch.dataDir);
  const orphanPid = Number(await firstLine(parent));
  const orphan = await identify(orphanPid);
  assert.ok(orphan !== undefined);
  const refused = startElsewhere(scratch.dataDir);
  assert.match(await firstLine(refused), new RegExp(`in use by process ${parent.pid}`));
  await kill(parent);
  assert.ok(await isAlive(orphan), 'the case needs an orphan');
  const state = scratch.create();
  await state.start();
  assert.equal(await isAlive(orphan), false);
  assert.equal(await answering(state), 0);
  assert.notEqual(state.processes()[0]?.pid, orphanPid);
});

test('a first start killed in the middle is done again from the beginning', async () => {
  const home = join(scratch.dataDir, 'postgres');
  const child = startElsewhere(scratch.dataDir);
  const marker = join(home, `init-${child.pid}`, 'data', 'PG_VERSION');
  while (!existsSync(marker)) {
    assert.equal(child.exitCode, null, 'the case needs a start that goes on');
    await systemClock.sleep(1);
  }
  await kill(child);
  assert.equal(existsSync(join(home, 'data')), false, 'the case needs an unfinished cluster');
  const state = scratch.create();
  await state.start();
  assert.equal(await answering(state), 0);
  assert.equal(existsSync(join(home, `init-${process.pid}`)), false);
});
