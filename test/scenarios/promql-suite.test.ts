import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Product } from '#test/product/product.ts';

/** Prometheus' own tests of PromQL with a runner for HTTP APIs, and which of them Prometheus 3.5 passes. */
const SUITE = fileURLToPath(new URL('../../../shared/data/promql/', import.meta.url));
/** Files with many evaluations for few sections: each section writes into an empty store. */
const QUICK = ['selectors', 'staleness', 'range_queries', 'limit', 'literals', 'at_modifier', 'collision', 'info'];
/** `all`: every file, which takes some minutes. */
const wanted = process.env['NOCMATE_PROMQL_SUITE'];
const files = wanted === 'all' ? [] : QUICK.map((name) => join(SUITE, 'testdata', `${name}.test`));
const skip = existsSync(join(SUITE, 'run.py')) ? false : 'the recorded suite is not there';

let folder: string;
let product: Product | undefined;

before(async () => {
  if (skip !== false) return;
  folder = await mkdtemp(join(tmpdir(), 'nocmate-promql-'));
  const config = join(folder, 'config.json');
  // The samples of the suite are from 1970.
  await writeFile(config, JSON.stringify({ storage: { retention: { raw: 'unlimited' } }, collectors: { host: [] } }));
  product = await Product.start({ env: { NOCMATE_CONFIG: config } });
});
after(async () => {
  await product?.remove();
  if (folder !== undefined) await rm(folder, { recursive: true, force: true });
});

test('what Prometheus answers to its own tests of PromQL is answered here too', { skip }, async () => {
  assert.ok(product !== undefined);
  const args = [
    ...[join(SUITE, 'run.py'), '--base', product.base, '--annotations', 'off', '--range-mode'],
    ...['--must-pass', join(SUITE, 'must_pass.json')],
    ...['--header', `Authorization: Bearer ${await product.token('admin')}`],
    ...files,
  ];
  const { stdout, code } = await promisify(execFile)('python3', args, { maxBuffer: 2 ** 26 }).then(
    (done) => ({ stdout: done.stdout, code: 0 }),
    (error: { stdout?: string; code?: unknown }) => ({ stdout: error.stdout ?? '', code: error.code }),
  );
  assert.match(stdout, /must-pass set: 0 of [1-9]\d+ not passed/);
  assert.equal(code, 0, stdout);
});
