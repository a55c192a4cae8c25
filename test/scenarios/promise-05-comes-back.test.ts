import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Product } from '#test/product/product.ts';
import { Ledger } from './ledger.ts';

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

/** Runs a start that is expected to fail; resolves with its exit code and what it said. */
function failingStart(env: Record<string, string>): Promise<{ code: number | null; text: string }> {
  return new Promise((resolve) => {
    const inputs = {
      NOCMATE_GRAPHITE: 'off',
      NOCMATE_GRAPHITE_PICKLE: 'off',
      NOCMATE_STATSD: 'off',
      NOCMATE_SYSLOG: 'off',
    };
    const quiet = { NOCMATE_HTTP: '127.0.0.1:0', ...inputs };
    const options = { env: { ...process.env, ...quiet, ...env }, timeout: 60_000, killSignal: 'SIGKILL' } as const;
    execFile(process.execPath, [MAIN, 'up'], options, (error, _stdout, stderr) => {
      resolve({ code: error === null ? 0 : ((error.code as number | undefined) ?? null), text: stderr });
    });
  });
}

function assertOneSentence({ code, text }: { code: number | null; text: string }, expected: RegExp): void {
  assert.match(text, expected);
  assert.ok(code !== 0 && code !== null, `exit code ${code}`);
  assert.doesNotMatch(text, /\n\s+at /, 'no stack trace');
}

test('a second start on the same data says who has it, and harms nothing', async () => {
  const product = await Product.start();
  try {
    assertOneSentence(
      await failingStart({ NOCMATE_DATA: product.data }),
      new RegExp(`in use by process ${product.pid}`),
    );
    assert.equal((await product.health())?.status, 'ok');
  } finally {
    await product.remove();
  }
});

test('a taken port, a bad setting, an unwritable folder: one sentence each, nothing left running', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'nocmate-bad-'));
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  const taken = `127.0.0.1:${(holder.address() as { port: number }).port}`;
  try {
    const data = join(folder, 'data');
    assertOneSentence(
      await failingStart({ NOCMATE_DATA: data, NOCMATE_HTTP: taken }),
      /another program uses this address/,
    );
    assertOneSentence(await failingStart({ NOCMATE_DATA: data, NOCMATE_GRAPHITE: taken }), /2003|graphite|address/i);
    assertOneSentence(await failingStart({ NOCMATE_DATA: data, NOCMATE_LOG_LEVEL: 'loud' }), /log\.level/);
    await writeFile(join(folder, 'bad.yaml'), 'htpp: {}');
    const config = { NOCMATE_DATA: data, NOCMATE_CONFIG: join(folder, 'bad.yaml') };
    assertOneSentence(await failingStart(config), /did you mean "http"/);
    await writeFile(join(folder, 'file'), '');
    assertOneSentence(
      await failingStart({ NOCMATE_DATA: join(folder, 'file', 'x') }),
      /cannot write to the data folder/,
    );
    const product = await Product.start({ data });
    assert.equal(await product.stop(), 0, 'what failed before left the folder usable');
  } finally {
    holder.close();
    await rm(folder, { recursive: true, force: true });
  }
});

test('a read-only disk is one sentence', { skip: process.getuid?.() !== 0 && 'needs root to mount' }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'nocmate-ro-'));
  const mount = (...args: string[]): Promise<unknown> => once(spawn('mount', args, { stdio: 'ignore' }), 'exit');
  await mount('-t', 'tmpfs', '-o', 'ro,size=1m', 'tmpfs', folder);
  try {
    assertOneSentence(await failingStart({ NOCMATE_DATA: join(folder, 'data') }), /read-only/);
  } finally {
    await once(spawn('umount', [folder], { stdio: 'ignore' }), 'exit');
    await rm(folder, { recursive: true, force: true });
  }
});

test('SIGTERM drains: what was sent before is stored after the next start', async (t) => {
  const product = await Product.start();
  try {
    const ledger = new Ledger('drain');
    for (let i = 0; i < 20; i++) await ledger.send(product);
    const started = performance.now();
    assert.equal(await product.stop(), 0);
    t.diagnostic(`it ended within ${Math.round(performance.now() - started)} ms`);
    await product.start();
    await ledger.verify(product);
  } finally {
    await product.remove();
  }
});

test('a stop in the middle of the first start ends all of it', async () => {
  const product = await Product.launched();
  try {
    assert.equal(await product.stop(), 0);
    await product.start();
  } finally {
    await product.remove();
  }
});

test('garbage in the spool is set aside, and the start goes on', async () => {
  const product = await Product.start();
  try {
    await product.stop();
    const spool = join(product.data, 'spool', 'samples');
    await mkdir(spool, { recursive: true });
    await writeFile(join(spool, '1700000000000-aaaaaaaa-000001.10.deadbeef.native'), 'this is no block');
    await writeFile(join(spool, 'half.tmp'), 'never acknowledged');
    await product.start();
    await product.until(async () => (await readdir(spool)).every((name) => !name.includes('deadbeef')));
    assert.equal((await readdir(spool)).includes('half.tmp'), false);
    await access(join(product.data, 'spool', 'bad'));
  } finally {
    await product.remove();
  }
});

test('the engine hangs: it is replaced, intake goes on, nothing is lost', async () => {
  const product = await Product.start();
  try {
    const ledger = new Ledger('hang');
    const pid = await product.childPid('engine');
    process.kill(pid, 'SIGSTOP');
    const replaced = product.until(async () => (await product.childPid('engine')) !== pid, 30_000);
    await ledger.sendUntil(product, replaced);
    await product.untilReady();
    assert.equal(ledger.unknown.length, 0);
    await ledger.verify(product);
  } finally {
    await product.remove();
  }
});
