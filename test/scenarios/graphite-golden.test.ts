import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Product } from '../product/product.ts';

const RUNNER = fileURLToPath(new URL('../../../shared/data/graphite/run.py', import.meta.url));
const PYTHON = ['/usr/bin/python3', '/usr/local/bin/python3', '/bin/python3'].find((path) => existsSync(path));
const SKIP = !existsSync(RUNNER)
  ? 'the answers of graphite-web (../shared/data/graphite) are not here'
  : PYTHON === undefined
    ? 'python3, which the runner of the cases needs, is not here'
    : false;
const CASES = 164;
const POINTS = 133_681;

/** No series of the host: its labels would stand among the tags that the cases list. */
const CONFIG = 'collectors:\n  host: []\n';
const INPUTS = [
  { protocol: 'plain', listener: 'graphite-plaintext' },
  { protocol: 'pickle', listener: 'graphite-pickle' },
] as const;

type Report = { passed: number; failed: number; skipped: number; failures: { case: string; error: string }[] };

for (const { protocol, listener } of INPUTS) {
  test(`all answers over data sent as ${protocol} are those of graphite-web`, { skip: SKIP }, async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'nocmate-golden-'));
    await writeFile(join(folder, 'nocmate.yaml'), CONFIG);
    const product = await Product.start({ env: { NOCMATE_CONFIG: join(folder, 'nocmate.yaml') } });
    t.after(async () => {
      await product.remove();
      await rm(folder, { recursive: true });
    });
    const run = runner(product, join(folder, 'report.json'));
    const { host, port } = await product.listener(listener);
    await run(
      '--load-only',
      '--protocol',
      protocol,
      '--carbon',
      `${host}:${port}`,
      '--rate',
      '1000000',
      '--settle',
      '0',
    );
    await product.until(() => isStored(product));
    const report = await run('--no-load', '--post-events', '--check-tags');
    assert.deepEqual(report.failures, []);
    assert.deepEqual([report.passed, report.skipped], [CASES, 0]);
  });
}

/** Runs the cases' own runner; resolves with its report, which it leaves only after it has compared. */
function runner(product: Product, reportFile: string) {
  return async (...args: string[]): Promise<Report> => {
    const header = `Authorization: Bearer ${await product.token('admin')}`;
    const options = ['--base', product.base, '--header', header, '--json', reportFile, ...args];
    await promisify(execFile)(PYTHON ?? '', [RUNNER, ...options]).catch((error: { code?: number; stderr: string }) => {
      if (error.code !== 1 || error.stderr !== '') throw error;
    });
    if (!existsSync(reportFile)) return { passed: 0, failed: 0, skipped: 0, failures: [] };
    return JSON.parse(await readFile(reportFile, 'utf8')) as Report;
  };
}

async function isStored(product: Product): Promise<boolean> {
  const [row] = await product.sql<{ points: string | number }>(
    `SELECT count() AS points FROM samples WHERE (family, id) IN
     (SELECT family, id FROM series WHERE startsWith(path, 'fixture.') OR startsWith(metric, 'fixture_'))`,
  );
  return Number(row?.points) === POINTS;
}
