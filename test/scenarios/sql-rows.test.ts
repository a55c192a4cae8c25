import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { Product } from '#test/product/product.ts';

const QUERY = 'SELECT id, action, level FROM audit WHERE id > CAST(? AS INTEGER) ORDER BY id';
const COUNTED = 'SELECT count(*) AS waiting, level FROM audit GROUP BY level';

test('rows are lines, each once though the product is killed, and series of a query in nocmate.yaml', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'nocmate-sql-rows-'));
  const file = join(folder, 'shop.db');
  const database = new DatabaseSync(file);
  database.exec('CREATE TABLE audit (id INTEGER PRIMARY KEY, action TEXT, level TEXT)');
  const insert = database.prepare("INSERT INTO audit (action, level) VALUES (?, 'error')");
  let next = 0;
  const act = (count: number): void => {
    for (let i = 0; i < count; i++) insert.run(`action ${next++}`);
  };
  const where = `database: sqlite, file: "${file}"`;
  const rows = `{ name: audit, ${where}, query: "${QUERY}", cursorColumn: id, messageColumn: action, interval: 1s, maxRows: 7 }`;
  const sql = `{ name: audits, ${where}, query: "${COUNTED}", valueColumns: [waiting], labelColumns: [level], interval: 1s }`;
  const config = join(folder, 'nocmate.yaml');
  await writeFile(config, `inputs: { sql-rows: { queries: [${rows}] } }\ncollectors: { sql: [${sql}] }\n`);
  const product = await Product.start({ env: { NOCMATE_CONFIG: config } });
  t.after(async () => {
    await product.remove();
    database.close();
    await rm(folder, { recursive: true });
  });
  const lines = async (): Promise<number[]> => {
    const found = await product.sql<{ n: string; u: string }>(
      "SELECT count() AS n, uniqExact(body) AS u FROM logs WHERE source = 'sql-rows:audit'",
    );
    return [Number(found[0]?.n), Number(found[0]?.u)];
  };
  act(50);
  await product.until(async () => (await lines())[0] === 50);
  await product.until(async () => (await valueOf(product, 'audits_waiting{level="error"}')) === 50);
  await product.end('SIGKILL');
  act(25);
  await product.launch();
  await product.untilReady();
  await product.until(async () => ((await lines())[0] ?? 0) >= 75);
  assert.deepEqual(await lines(), [75, 75]);
});

async function valueOf(product: Product, query: string): Promise<number> {
  const path = `/api/v1/query?${new URLSearchParams({ query }).toString()}`;
  const { data } = await product.json<{ data: { result: { value: [number, string] }[] } }>(path);
  return Number(data.result[0]?.value[1] ?? Number.NaN);
}
