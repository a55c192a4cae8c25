import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { stringify } from 'yaml';
import { Product } from '#test/product/product.ts';

type Case = { readonly name: string; readonly text: string; readonly should_parse: boolean };

const DATA = new URL('../../../shared/data/openmetrics/', import.meta.url);
const skip = existsSync(DATA) ? false : 'the recorded expositions are not here';
const SETS = [
  { set: 'om', file: 'openmetrics_1_0.json', type: 'application/openmetrics-text; version=1.0.0; charset=utf-8' },
  { set: 'text', file: 'text_0_0_4.json', type: 'text/plain; version=0.0.4; charset=utf-8' },
];
const cases = skip === false ? SETS.flatMap(readSet) : [];
/** Paths that answer no more. */
const gone = new Set<string>();

let folder: string;
let product: Product;
let exposer: Server;

function readSet({ set, file, type }: (typeof SETS)[number]) {
  const read = JSON.parse(readFileSync(new URL(file, DATA), 'utf8')) as { cases: Case[] };
  return read.cases.map((one) => ({ ...one, type, id: `${set}-${one.name}`, path: `/${set}/${one.name}` }));
}

before(async () => {
  if (skip !== false) return;
  const byPath = new Map(cases.map((one) => [one.path, one]));
  exposer = createServer(({ url = '' }, response) => {
    const found = gone.has(url) ? undefined : byPath.get(url);
    response
      .writeHead(found === undefined ? 404 : 200, { 'content-type': found?.type ?? 'text/plain' })
      .end(found?.text);
  }).listen(0, '127.0.0.1');
  await once(exposer, 'listening');
  const address = `127.0.0.1:${(exposer.address() as AddressInfo).port}`;
  folder = await mkdtemp(join(tmpdir(), 'nocmate-scrape-'));
  const scrape_configs = cases.map(({ id, path }) => ({
    job_name: id,
    metrics_path: path,
    scrape_interval: '2s',
    static_configs: [{ targets: [address], labels: { case: id } }],
  }));
  await writeFile(join(folder, 'prometheus.yml'), stringify({ scrape_configs }));
  const config = join(folder, 'nocmate.yaml');
  await writeFile(config, stringify({ scrape: { files: [join(folder, 'prometheus.yml')] } }));
  product = await Product.start({ data: join(folder, 'data'), env: { NOCMATE_CONFIG: config } });
});

after(async () => {
  await product?.remove();
  exposer?.close();
  if (folder !== undefined) await rm(folder, { recursive: true, force: true });
});

/** The last value of `metric` by the label `case`. */
async function lastValues(metric: string): Promise<Map<string, number>> {
  const rows = await product.sql<{ name: string; v: number }>(
    `SELECT s.labels['case'] AS name, argMax(x.v, x.t) AS v FROM samples AS x
     JOIN series AS s ON s.family = x.family AND s.id = x.id WHERE s.metric = '${metric}' GROUP BY name`,
  );
  return new Map(rows.map(({ name, v }) => [name, v]));
}

test('a target is up when its exposition follows its format, and down when it does not', { skip }, async () => {
  await product.until(async () => (await lastValues('up')).size === cases.length);
  const up = await lastValues('up');
  const wrong = cases.filter(({ id, should_parse }) => up.get(id) !== (should_parse ? 1 : 0));
  assert.deepEqual(
    wrong.map(({ id }) => id),
    [],
  );
  assert.equal((await lastValues('scrape_samples_scraped')).get('om-simple_counter'), 1);
});

test('a target that fails is down from its next scrape on', { skip }, async () => {
  gone.add('/om/simple_counter');
  await product.until(async () => (await lastValues('up')).get('om-simple_counter') === 0);
  gone.clear();
  await product.until(async () => (await lastValues('up')).get('om-simple_counter') === 1);
});
