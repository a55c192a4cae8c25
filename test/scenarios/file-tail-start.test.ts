import assert from 'node:assert/strict';
import { appendFile, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { Product } from '#test/product/product.ts';

test('files that lie there before the very first start are read while the stores come up, none of them lost', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'nocmate-first-'));
  const config = join(folder, 'nocmate.yaml');
  const log = join(folder, 'app.log');
  const lines = Array.from({ length: 5_000 }, (_, i) => `first ${i}`);
  await writeFile(log, `${lines.join('\n')}\n`);
  await writeFile(config, `inputs: { file-tail: { files: [{ include: "${folder}/*.log" }] } }\n`);
  const product = await Product.start({ env: { NOCMATE_CONFIG: config } });
  t.after(async () => {
    await product.remove();
    await rm(folder, { recursive: true });
  });
  await appendFile(log, 'last\n');
  const count = async (): Promise<number> => {
    const [row] = await product.sql<{ n: string }>(`SELECT count() AS n FROM logs WHERE source = 'file:${log}'`);
    return Number(row?.n);
  };
  await product.until(async () => (await count()) >= lines.length + 1);
  assert.equal(await count(), lines.length + 1);
});

test('a file that cannot be read is told as an event, in the account and in the health answer; all else goes on', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'nocmate-unreadable-'));
  const config = join(folder, 'nocmate.yaml');
  const broken = join(folder, 'broken.gz');
  await writeFile(broken, 'no gzip');
  // A young one may still be in the making.
  await utimes(broken, 1, 1);
  await writeFile(join(folder, 'good.log'), 'good\n');
  await writeFile(config, `inputs: { file-tail: { files: [{ include: "${folder}/*.{gz,log}" }] } }\n`);
  const product = await Product.start({ env: { NOCMATE_CONFIG: config } });
  t.after(async () => {
    await product.remove();
    await rm(folder, { recursive: true });
  });
  const account = async () => (await product.self()).accounts.find(({ input }) => input === 'file-tail');
  await product.until(async () => (await account())?.stored === 1);
  await product.until(async () => (await account())?.rejected['unreadable'] === 1);
  await product.until(async () => (await product.health())?.parts['ingest']?.detail.includes(broken) === true);
  assert.equal((await product.health())?.status, 'ok');
  await product.until(async () => {
    const events = await product.sql<{ n: string }>(
      "SELECT count() AS n FROM events WHERE kind = 'input.unreadable' AND position(message, 'broken.gz') > 0",
    );
    return Number(events[0]?.n) === 1;
  });
  await writeFile(broken, gzipSync('mended\n'));
  await product.until(async () => (await account())?.stored === 2);
  await product.until(async () => (await product.health())?.parts['ingest']?.detail.includes(broken) === false);
});
