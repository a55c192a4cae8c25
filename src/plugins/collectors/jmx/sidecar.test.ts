import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { JmxSidecar } from './sidecar.ts';

const PATIENT_MS = 60_000;

function sidecarOf(t: TestContext, program: string): JmxSidecar {
  const sidecar = new JmxSidecar(program);
  sidecar.open();
  t.after(() => sidecar.close('a:1'));
  return sidecar;
}

test('without Java the error says what is missing, each time', async (t) => {
  const sidecar = sidecarOf(t, '/no/such/java');
  for (let i = 0; i < 3; i++) {
    await assert.rejects(sidecar.ask(['a:1'], AbortSignal.timeout(PATIENT_MS)), {
      kind: 'answer',
      message: /needs a JDK/,
    });
  }
});

test('a virtual machine that ends takes nobody with it, and is started anew', async (t) => {
  const sidecar = sidecarOf(t, '/bin/false');
  for (let i = 0; i < 3; i++) {
    const both = [1, 2].map(() => sidecar.ask(['a:1'], AbortSignal.timeout(PATIENT_MS)));
    for (const { status, reason } of (await Promise.allSettled(both)) as PromiseRejectedResult[]) {
      assert.equal(status, 'rejected');
      assert.match(String(reason), /virtual machine ended with 1/);
    }
  }
});

test('one that says nothing is given up at the deadline, and ends with the last target', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'nocmate-java-'));
  t.after(() => rm(folder, { recursive: true }));
  const program = join(folder, 'java');
  await writeFile(program, `#!/bin/sh\ncat > ${folder}/asked\ntouch ${folder}/ended\n`, { mode: 0o755 });
  const sidecar = new JmxSidecar(program);
  sidecar.open();
  await assert.rejects(sidecar.ask(['a:1', 'one\ttwo'], AbortSignal.timeout(100)), { name: 'TimeoutError' });
  sidecar.close('a:1');
  while (!existsSync(join(folder, 'ended'))) await new Promise((resolve) => setImmediate(resolve));
  assert.equal(await readFile(join(folder, 'asked'), 'utf8'), '1\ta%3A1\tone%09two\n');
});
