import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { checkOnce } from '#test/peers/check-once.ts';
import { collectorBench } from '#test/peers/collector-bench.ts';
import { expandMacros } from './config.ts';
import nagiosPlugin from './index.ts';

const PLUGINS = '/usr/lib/nagios/plugins';
const skip = existsSync(join(PLUGINS, 'check_load')) ? false : 'monitoring-plugins-basic is not installed';

type Options = Readonly<Record<string, unknown>>;
const checked = (t: TestContext, options: Options, deadlineMs = 10_000) =>
  checkOnce(t, nagiosPlugin, options, { deadlineMs, secrets: { 'env:S': 'horse' } });

/** A program of the test that says and does this. */
async function script(t: TestContext, text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'nocmate-nagios-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const program = join(folder, 'check_test');
  await writeFile(program, `#!/bin/sh\n${text}\n`);
  await chmod(program, 0o755);
  return program;
}

test('real plugins: states, figures and thresholds', { skip }, async (t) => {
  const disk = await checked(t, { program: 'check_disk', args: ['-w', '10%', '-c', '5%', '-p', '/'] });
  const size = disk.valueOf('nagios_limit_bytes', { label: '/', bound: 'max' }) ?? 0;
  assert.ok(size > 1e9);
  const warns = disk.valueOf('nagios_threshold_bytes', { label: '/', level: 'warning', bound: 'high' }) ?? 0;
  assert.ok(Math.abs(warns / size - 0.9) < 0.01);
  const load = await checked(t, { program: 'check_load', args: ['-w', '900,900,900', '-c', '999,999,999'] });
  assert.equal(load.result, 'ok');
  const [first = ''] = (await readFile('/proc/loadavg', 'utf8')).split(' ');
  assert.ok(Math.abs((load.valueOf('nagios_perfdata_value', { label: 'load1' }) ?? 0) - Number(first)) < 5);
  for (const [exitCode, state] of ['ok', 'warning', 'critical', 'unknown'].entries()) {
    const { result, valueOf } = await checked(t, { program: 'check_dummy', args: [String(exitCode), 'said'] });
    assert.equal(result, state);
    assert.equal(valueOf('nagioscheck_exit_code'), exitCode);
  }
  const closed = await checked(t, {
    program: 'check_tcp',
    host: '127.0.0.1',
    args: ['-H', '$HOSTADDRESS$', '-p', '1'],
  });
  assert.equal(closed.result, 'critical');
});

test('arguments are no text of a shell, and a secret is in the environment', async (t) => {
  const program = await script(t, 'echo "OK $1 $NOCMATE_SECRET | n=$#"; exit 0');
  const options = { program, args: ['$(id); `id` | $SECRET$', '$$5', '$UNKNOWN$'], secret: 'env:S' };
  const bench = collectorBench(nagiosPlugin, options, { 'env:S': 'horse' });
  t.after(() => bench.close());
  const collection = await bench.collect();
  assert.equal(collection.states?.[0]?.reason, 'OK $(id); `id`');
  assert.equal(bench.valueOf(collection, 'nagios_perfdata_value', { label: 'n' }), 3);
  assert.deepEqual(expandMacros(['$A$/$$/$B$'], { A: 'a' }), ['a/$/$B$']);
});

test('one that hangs is killed with what it has started; one that is killed or says nothing is unknown', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'nocmate-nagios-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const hanging = await script(t, `sleep 1000 & echo $! > ${folder}/pid; wait`);
  assert.equal((await checked(t, { program: hanging }, 3_000)).result, 'timeout');
  const pid = Number(await readFile(`${folder}/pid`, 'utf8'));
  while (existsSync(`/proc/${pid}`)) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.equal((await checked(t, { program: await script(t, 'kill -9 $$') })).result, 'unknown');
  assert.equal((await checked(t, { program: await script(t, 'exit 77') })).result, 'unknown');
});

test('a plugin that is not there is no result', async (t) => {
  await assert.rejects(checked(t, { program: 'check_nowhere' }), {
    kind: 'answer',
    message: /no plugin check_nowhere/,
  });
  await assert.rejects(checked(t, { program: '/nowhere/check' }), { kind: 'answer', message: /ENOENT/ });
});
