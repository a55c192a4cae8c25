import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { Product } from '#test/product/product.ts';
import { LineWriter } from './line-writer.ts';

/** Kills of the server; a release is tested with NOCMATE_KILLS=50. */
const KILLS = Number(process.env['NOCMATE_KILLS'] ?? 10);
const LOGROTATE = '/usr/sbin/logrotate';
const NO_LOGROTATE = existsSync(LOGROTATE) ? false : 'logrotate is not here';
const ROTATIONS = 6;

type Mode = 'create' | 'copytruncate';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const randomLife = (): Promise<void> => pause(200 + Math.random() * 900);

class Scene {
  readonly folder: string;
  readonly product: Product;

  private constructor(folder: string, product: Product) {
    this.folder = folder;
    this.product = product;
  }

  static async start(t: TestContext): Promise<Scene> {
    const folder = await mkdtemp(join(tmpdir(), 'nocmate-files-'));
    const config = join(folder, 'nocmate.yaml');
    await writeFile(config, `inputs: { file-tail: { files: [{ include: "${folder}/app.log", service: app }] } }\n`);
    const product = await Product.start({ env: { NOCMATE_CONFIG: config } });
    t.after(async () => {
      await product.remove();
      await rm(folder, { recursive: true });
    });
    return new Scene(folder, product);
  }

  get log(): string {
    return join(this.folder, 'app.log');
  }

  async rotate(mode: Mode): Promise<void> {
    const own = join(this.folder, 'logrotate.conf');
    const [how, user] = mode === 'create' ? ['create', ''] : ['copytruncate', 'su root root'];
    await writeFile(own, `"${this.log}" {\n rotate 100\n compress\n delaycompress\n ${how}\n ${user}\n}\n`, {
      mode: 0o644,
    });
    await promisify(execFile)(LOGROTATE, ['-f', '-s', join(this.folder, 'state'), own]);
  }

  /** Numbers of the lines in the files, the rotated ones too. */
  async written(): Promise<Set<number>> {
    const numbers = new Set<number>();
    for (const name of await readdir(this.folder)) {
      if (!name.startsWith('app.log')) continue;
      const bytes = await readFile(join(this.folder, name));
      const text = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
      for (const [, n] of text.matchAll(/^line (\d+) /gm)) numbers.add(Number(n));
    }
    return numbers;
  }

  /** Waits until line `last` is stored and everything spooled is, then compares; returns how many are stored. */
  async verify(last: number): Promise<{ stored: number; extra: number }> {
    const rows = async (): Promise<{ readonly n: number; readonly c: number }[]> => {
      const number = "toUInt32(splitByChar(' ', body)[2])";
      const [row] = await this.product.sql<{ values: number[] }>(
        `SELECT groupArray(${number}) AS values FROM logs WHERE service = 'app'`,
      );
      return [...Map.groupBy(row?.values ?? [], (n) => n)].map(([n, all]) => ({ n, c: all.length }));
    };
    await this.product.until(async () => (await rows()).some(({ n }) => n === last));
    await this.product.until(async () => (await this.product.self()).spool.files === 0);
    const written = await this.written();
    let stored = await rows();
    // The rest of a rotated file may come after the last line of the new one.
    await this.product
      .until(async () => {
        stored = await rows();
        const known = new Set(stored.map(({ n }) => n));
        return [...written].every((n) => known.has(n));
      }, 20_000)
      .catch(() => undefined);
    const known = new Set(stored.map(({ n }) => n));
    const lost = [...written].filter((n) => !known.has(n));
    const doubled = stored.filter(({ c }) => c > 1).map(({ n }) => n);
    assert.deepEqual({ lost: lost.slice(0, 5), doubled: doubled.slice(0, 5) }, { lost: [], doubled: [] });
    return { stored: stored.length, extra: stored.filter(({ n }) => !written.has(n)).length };
  }
}

for (const mode of ['create', 'copytruncate'] as const) {
  test(`logrotate with ${mode} under load loses and doubles no line`, { skip: NO_LOGROTATE }, async (t) => {
    const scene = await Scene.start(t);
    const writer = new LineWriter(scene.log, mode === 'create' ? 'reopen' : 'hold');
    for (let i = 0; i < ROTATIONS; i += 1) {
      await pause(300 + Math.random() * 300);
      await scene.rotate(mode);
    }
    const last = await writer.stop();
    const { stored, extra } = await scene.verify(last);
    if (mode === 'create') assert.equal(stored, last);
    t.diagnostic(`${last} lines written, ${stored} stored, ${extra} of them in no file any more`);
  });
}

test(`the server is killed ${KILLS} times while files are written and rotated: no line is lost or doubled`, async (t) => {
  const scene = await Scene.start(t);
  const writer = new LineWriter(scene.log, 'reopen');
  for (let i = 0; i < KILLS; i += 1) {
    await randomLife();
    await scene.product.end('SIGKILL');
    if (NO_LOGROTATE === false && i % 3 === 1) await scene.rotate('create');
    await scene.product.start();
  }
  const last = await writer.stop();
  const { stored } = await scene.verify(last);
  assert.equal(stored, last);
  t.diagnostic(`${last} lines`);
});
