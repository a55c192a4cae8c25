import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { Product } from '#test/product/product.ts';

const NO_JOURNALCTL = spawnSync('journalctl', ['--version']).status === 0 ? false : 'journalctl is not here';
const JOURNAL = new URL('../../src/plugins/inputs/journald/cases/three-entries.journal.gz', import.meta.url);

test('entries of a journal are stored once, however often the server is killed', { skip: NO_JOURNALCTL }, async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'nocmate-journald-'));
  await writeFile(join(folder, 'three.journal'), gunzipSync(await readFile(JOURNAL)));
  const config = join(folder, 'nocmate.yaml');
  await writeFile(
    config,
    `inputs: { journald: { directory: "${folder}", startAt: beginning } }\nstorage: { retention: { logs: 10y } }\n`,
  );
  const product = await Product.start({ env: { NOCMATE_CONFIG: config, NOCMATE_JOURNALD: undefined } });
  t.after(async () => {
    await product.remove();
    await rm(folder, { recursive: true });
  });
  const bodies = async (): Promise<string[]> =>
    (await product.sql<{ body: string }>("SELECT body FROM logs WHERE source = 'journald' ORDER BY ts, seq")).map(
      ({ body }) => body,
    );
  for (let round = 0; round < 3; round += 1) {
    await product.until(async () => (await bodies()).length >= 3);
    await product.end('SIGKILL');
    await product.start();
  }
  await product.until(async () => (await product.self()).spool.files === 0);
  assert.deepEqual(await bodies(), ['hello', 'a\n\ufffdbc', 'later']);
  const [first] = await product.sql<Record<string, unknown>>(
    "SELECT host, service, severity, attrs['process.pid'] AS pid FROM logs WHERE body = 'hello'",
  );
  assert.deepEqual({ ...first }, { host: 'web1', service: 'sshd', severity: 17, pid: '42' });
});
