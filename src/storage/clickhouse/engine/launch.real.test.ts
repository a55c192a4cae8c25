import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { pino } from 'pino';
import { systemClock } from '#io/clock.ts';
import { testFolder } from '../telemetry-fixture.ts';
import { launchEngine } from './launch.ts';

const PARENT = `
const [, url, directory] = process.argv;
const { launchEngine } = await import(url);
const clock = { monotonic: () => performance.now(), sleep: async () => {} };
const logger = { warn: () => {} };
const engine = { directory, memoryBudgetBytes: 900 * 2 ** 20 };
const { child } = await launchEngine({ engine, clock, logger }, new AbortController().signal);
console.log(child.pid);
setInterval(() => {}, 1000);`;

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test('the engine ends with its parent, and its folder opens again', { timeout: 30_000 }, async (t) => {
  const directory = join(await testFolder(t), 'clickhouse');
  const url = new URL('./launch.ts', import.meta.url).href;
  const parent = spawn(process.execPath, ['--input-type=module', '-e', PARENT, url, directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(parent.stdout, 'data')) as [Buffer];
  const pid = Number(line.toString());
  assert.ok(isRunning(pid));
  parent.kill('SIGKILL');
  while (isRunning(pid)) await systemClock.sleep(10);
  const engine = { directory, memoryBudgetBytes: 900 * 2 ** 20 };
  const options = { engine, clock: systemClock, logger: pino({ level: 'silent' }) };
  const { child, endpoint } = await launchEngine(options, new AbortController().signal);
  t.after(() => child.terminate());
  assert.match(endpoint.version, /^\d+\.\d+/);
});

test('the password is in no process listing', { timeout: 30_000 }, async (t) => {
  const directory = join(await testFolder(t), 'clickhouse');
  const engine = { directory, memoryBudgetBytes: 900 * 2 ** 20 };
  const options = { engine, clock: systemClock, logger: pino({ level: 'silent' }) };
  const { child, endpoint } = await launchEngine(options, new AbortController().signal);
  t.after(() => child.terminate());
  if (process.platform !== 'linux') return;
  for (const name of ['cmdline', 'environ']) {
    const text = await readFile(`/proc/${child.pid}/${name}`, 'utf8');
    assert.ok(text.length > 0 && !text.includes(endpoint.password));
  }
});

test('a crash inside the engine ends the process instead of hanging it', { timeout: 30_000 }, async (t) => {
  const directory = join(await testFolder(t), 'clickhouse');
  const engine = { directory, memoryBudgetBytes: 900 * 2 ** 20 };
  const options = { engine, clock: systemClock, logger: pino({ level: 'silent' }) };
  const { child } = await launchEngine(options, new AbortController().signal);
  process.kill(child.pid, 'SIGSEGV');
  assert.deepEqual(await child.exited, { code: null, signal: 'SIGSEGV' });
});
