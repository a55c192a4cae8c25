import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { InputAccount } from '#core/api/status.ts';
import { Product } from '#test/product/product.ts';
import { conservedAccounts } from './graphite-stream.ts';

const MIB = 2 ** 20;
const LOG_INPUTS = /^(?:elasticsearch-bulk|http-logs|loki-push|splunk-hec|gelf|syslog|file-tail)/;

let folder: string;
let product: Product;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nocmate-conserve-'));
  const config = join(folder, 'nocmate.yaml');
  const files = `{ files: [{ include: [${join(folder, '*.log')}], multiline: "off" }] }`;
  await writeFile(config, `inputs: { gelf: { listen: "127.0.0.1:0" }, file-tail: ${files} }\n`);
  product = await Product.start({ env: { NOCMATE_CONFIG: config } });
});
after(async () => {
  await product?.remove();
  await rm(folder, { recursive: true });
});

const sum = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((a, b) => a + b, 0);

/** The accounts of log inputs, each of which adds up; by the beginning of their name. */
async function logAccounts(): Promise<readonly InputAccount[]> {
  return (await conservedAccounts(product)).filter(({ input }) => LOG_INPUTS.test(input));
}

async function refusedBy(name: string): Promise<number> {
  const own = (await logAccounts()).filter(({ input }) => input.startsWith(name));
  return own.reduce((total, { rejected, dropped }) => total + sum(rejected) + sum(dropped), 0);
}

async function post(path: string, body: string): Promise<number> {
  const headers = { authorization: `Bearer ${await product.token('ingest')}`, 'content-type': 'application/x-ndjson' };
  return (await fetch(product.base + path, { method: 'POST', headers, body })).status;
}

async function sendTcp(bytes: string | Buffer): Promise<void> {
  const socket = connect(await product.listener('syslog/tcp'));
  await once(socket, 'connect');
  socket.on('error', () => undefined);
  socket.end(bytes);
  await once(socket, 'close');
}

async function storedLines(): Promise<number> {
  const [row] = await product.sql<{ n: string }>("SELECT count() AS n FROM logs WHERE position(body, 'conserve') > 0");
  return Number(row?.n);
}

test('good, broken and endless lines of every kind of input are all accounted for', { timeout: 120_000 }, async () => {
  const good = (count: number, line: (i: number) => string): string =>
    Array.from({ length: count }, (_, i) => line(i)).join('');
  await post(
    '/elasticsearch/_bulk',
    `${good(50, (i) => `{"index":{}}\n{"message":"conserve es ${i}"}\n`)}{"index":{}}\n{"bro\n`,
  );
  await post('/api/ingest/logs', `${good(50, (i) => `{"message":"conserve json ${i}"}\n`)}{"message":\n`);
  const entry = [`${Date.now()}000000`, 'conserve loki'];
  await post('/loki/api/v1/push', JSON.stringify({ streams: [{ stream: { a: 'b' }, values: [entry, entry] }] }));
  await post('/services/collector/event', '{"event":"conserve hec"}{"event":');
  const now = new Date().toISOString();
  await sendTcp(good(50, (i) => `<14>1 ${now} h app - - - conserve tcp ${i}\n`));
  await sendTcp(`<14>1 ${now} h app - - - conserve ${'x'.repeat(3 * MIB)}\n<14>1 ${now} h app - - - conserve after\n`);
  await sendTcp(Buffer.from([0xff, 0xfe, 0x00, 0x0a, 0x0a]));
  const udp = createSocket('udp4');
  const { host, port } = await product.listener('syslog/udp');
  for (const text of ['<14>conserve udp', 'conserve no syslog at all', '']) {
    await new Promise((resolve) => udp.send(text, port, host, resolve));
  }
  const gelf = await product.listener('gelf/udp');
  for (const text of ['{"version":"1.1","host":"h","short_message":"conserve gelf"}', '{"bro']) {
    await new Promise((resolve) => udp.send(text, gelf.port, gelf.host, resolve));
  }
  udp.close();
  await appendFile(
    join(folder, 'a.log'),
    good(50, (i) => `conserve file ${i}\n`),
  );
  const wanted = 50 + 50 + 2 + 1 + 50 + 1 + 2 + 1 + 50;
  await product.until(async () => (await storedLines()) >= wanted && (await refusedBy('gelf')) === 1);
  for (const name of ['elasticsearch-bulk', 'http-logs', 'splunk-hec', 'syslog']) {
    assert.ok((await refusedBy(name)) > 0, `${name} tells of what it refused`);
  }
  await product.until(async () => (await logAccounts()).every(({ held }) => held === 0));
  const stored = (await logAccounts()).reduce((total, account) => total + account.stored, 0);
  const [row] = await product.sql<{ n: string }>(
    "SELECT count() AS n FROM logs WHERE source IN ('syslog', 'loki', 'gelf') OR source != ''",
  );
  assert.equal(Number(row?.n), stored, 'as many rows as the accounts say');
});

test('lines that a rule leaves out are counted, and the same figures stand on /metrics', async () => {
  const text = await (await product.request('/metrics')).text();
  for (const { input, received } of await logAccounts()) {
    if (received === 0) continue;
    const [, shown] = new RegExp(`^nocmate_samples_received_total\\{input="${input}"\\} (\\d+)$`, 'm').exec(text) ?? [];
    assert.equal(Number(shown), received, input);
  }
});
