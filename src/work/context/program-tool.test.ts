import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { test } from 'node:test';
import { closedGuard, openGuard } from './address-guard.ts';
import { createProgramTool } from './program-tool.ts';

const SIGNAL = new AbortController().signal;
const NODE = process.execPath;

const exists = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** Resolves when the process is gone. */
async function gone(pid: number): Promise<void> {
  while (exists(pid)) await new Promise((resolve) => setTimeout(resolve, 5));
}

test('what a program says and how it ends; nothing of it is a shell', async () => {
  const { programs } = createProgramTool(openGuard);
  const code = 'process.stdout.write(process.argv[1]); process.stderr.write("no"); process.exitCode = 3';
  const outcome = await programs.run(NODE, ['-e', code, '$(id) `id` ;|'], { signal: SIGNAL });
  assert.equal(outcome.stdout, '$(id) `id` ;|');
  assert.equal(outcome.stderr, 'no');
  assert.equal(outcome.exitCode, 3);
});

test('its environment holds nothing of ours', async () => {
  const { programs } = createProgramTool(openGuard);
  const { stdout } = await programs.run('/usr/bin/env', [], { signal: SIGNAL, env: { OWN: '1' } });
  assert.deepEqual(
    stdout
      .trim()
      .split('\n')
      .map((line) => line.replace(/=.*/, ''))
      .sort(),
    ['LC_ALL', 'OWN', 'PATH'],
  );
});

test('much output is read and its beginning kept', async () => {
  const { programs } = createProgramTool(openGuard);
  const { stdout } = await programs.run('/usr/bin/seq', ['100000'], { signal: SIGNAL, maxBytes: 10 });
  assert.equal(stdout, '1\n2\n3\n4\n5\n');
});

test('what it has started is killed with it at the deadline', async () => {
  const { programs } = createProgramTool(openGuard);
  const late = new Error('late');
  const run = new AbortController();
  const script = 'sleep 1000 & echo $! > "$0"; wait';
  const folder = await mkdtemp('/tmp/nocmate-program-');
  const ended = assert.rejects(programs.run('/bin/sh', ['-c', script, `${folder}/pid`], { signal: run.signal }), late);
  const pid = async (): Promise<number> => Number(await readFile(`${folder}/pid`, 'utf8').catch(() => '0'));
  while ((await pid()) === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  const child = await pid();
  run.abort(late);
  await ended;
  await gone(child);
  await rm(folder, { recursive: true });
});

test('a program that leaves something behind which holds its output open does not hang', async () => {
  const { programs } = createProgramTool(openGuard);
  const { stdout } = await programs.run('/bin/sh', ['-c', 'sleep 5 & echo $!'], { signal: SIGNAL });
  process.kill(Number(stdout), 'SIGKILL');
});

test('one that is not there, and one that a target of the page names', async () => {
  const { programs } = createProgramTool(openGuard);
  await assert.rejects(programs.run('/nowhere/check', [], { signal: SIGNAL }), { kind: 'answer', message: /ENOENT/ });
  const { programs: closed } = createProgramTool(closedGuard());
  await assert.rejects(closed.run('/bin/true', [], { signal: SIGNAL, isChosen: true }), { kind: 'forbidden' });
  assert.equal((await closed.run('/bin/true', [], { signal: SIGNAL })).exitCode, 0);
});
