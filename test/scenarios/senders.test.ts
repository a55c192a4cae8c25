import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { WriteAnswer } from '#core/plugin/input.ts';
import { Product } from '../product/product.ts';

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const DATA = fileURLToPath(new URL('../../../shared/data/', import.meta.url));
const PYTHON = ['/usr/bin/python3', '/usr/local/bin/python3', '/bin/python3'].find((path) => existsSync(path));
const SKIP = existsSync(DATA) && PYTHON !== undefined ? false : 'python3 or the recorded cases are not here';
const FLUSH_MS = 10_000;
const FREE = '127.0.0.1:0';

let product: Product;
let folder: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nocmate-senders-'));
  product = await Product.start({ env: { NOCMATE_INFLUX: FREE, NOCMATE_COLLECTD: FREE } });
});
after(async () => {
  await product.remove();
  await rm(folder, { recursive: true });
});

type Run = { readonly code: number; readonly out: string; readonly err: string };

function run(program: string, args: readonly string[], input = ''): Promise<Run> {
  return new Promise((resolve) => {
    const child = execFile(program, args, (error, out, err) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), out, err });
    });
    child.stdin?.end(input);
  });
}

async function imported(args: readonly string[], input = ''): Promise<Run> {
  const target = ['--url', product.base, '--token', await product.token('ingest')];
  return run(process.execPath, [MAIN, 'import', ...args, ...target], input);
}

/** Values that a Graphite target has had lately, once there are some. */
async function valuesOf(target: string): Promise<readonly number[]> {
  let values: readonly number[] = [];
  await product.until(async () => {
    const query = new URLSearchParams({ target, from: '-10min', format: 'json' });
    const series = await product.json<{ datapoints: [number | null, number][] }[]>(`/render?${query.toString()}`);
    values = series.flatMap(({ datapoints }) => datapoints.flatMap(([value]) => (value === null ? [] : [value])));
    return values.length > 0;
  });
  return values;
}

async function assertAccounts(input: string, rejected: Record<string, number>): Promise<void> {
  const { accounts } = await product.self();
  const account = accounts.find((one) => one.input === input) ?? assert.fail(`no account of ${input}`);
  const refused = Object.values(account.rejected).reduce((sum, count) => sum + count, 0);
  const dropped = Object.values(account.dropped).reduce((sum, count) => sum + count, 0);
  assert.equal(account.received, account.stored + account.held + refused + dropped, input);
  for (const [reason, count] of Object.entries(rejected)) assert.equal(account.rejected[reason], count, reason);
}

async function sendUdp(input: string, packet: string | Uint8Array): Promise<void> {
  const { host, port } = await product.listener(`${input}/udp`);
  const socket = createSocket('udp4');
  await new Promise((sent) => socket.send(packet, port, host, sent));
  socket.close();
}

test('every flush is that of statsd', { skip: SKIP }, async () => {
  const header = `Authorization: Bearer ${await product.token('admin')}`;
  for (const protocol of ['udp', 'tcp'] as const) {
    const { port } = await product.listener(`statsd/${protocol}`);
    const options = ['--port', String(port), '--render', product.base, '--header', header, '--wait', '13', '-v'];
    // A sequence that a flush cuts is not the one that was recorded.
    await product.until(async () => Date.now() % FLUSH_MS < FLUSH_MS * 0.8);
    const script = [join(DATA, 'statsd/run.py'), ...options, ...(protocol === 'tcp' ? ['--tcp'] : [])];
    assert.match((await run(PYTHON ?? '', script)).out, /28 passed, 0 failed/);
  }
  await assertAccounts('statsd', {});
});

test('line protocol is accepted and refused as InfluxDB does', { skip: SKIP }, async () => {
  const header = `Authorization: Token ${await product.token('ingest')}`;
  const url = `${product.base}/write?db=test`;
  const script = join(DATA, 'lineprotocol/run.py');
  const { out } = await run(PYTHON ?? '', [script, '--write', url, '--header', header, '--set', 'all', '-v']);
  assert.match(out, /1653 passed, 0 failed, 1 skipped/);
  const { host, port } = await product.listener('influx-line-protocol/tcp');
  const socket = connect(port, host);
  socket.end('lp_tcp,host=a value=5,text="x"\nlp_tcp value=\n');
  await once(socket, 'close');
  await sendUdp('influx-line-protocol', 'lp_udp,host=a value=6');
  assert.deepEqual(await valuesOf('lp_tcp;host=a'), [5]);
  assert.deepEqual(await valuesOf('lp_udp;host=a'), [6]);
  await assertAccounts('influx-line-protocol', {});
});

test('values of collectd come by its network protocol and as JSON', async () => {
  const part = (type: number, body: Uint8Array) => Buffer.concat([Buffer.from([0, type, 0, body.length + 4]), body]);
  const text = (type: number, value: string) => part(type, Buffer.from(`${value}\0`));
  const gauge = Buffer.alloc(8);
  gauge.writeDoubleLE(7);
  const values = part(6, Buffer.concat([Buffer.from([0, 1, 1]), gauge]));
  await sendUdp('collectd', Buffer.concat([text(0, 'a'), text(2, 'df'), text(4, 'percent_bytes'), values]));
  assert.deepEqual(await valuesOf('collectd_df_percent_bytes;host=a'), [7]);
  const list = { host: 'a', plugin: 'load', type: 'load', values: [1], dstypes: ['gauge'], dsnames: ['shortterm'] };
  const body = JSON.stringify([list, { ...list, values: [null] }]);
  const answer = await product.json<WriteAnswer>('/api/ingest/collectd', { method: 'POST', body });
  assert.equal(answer.accepted, 1);
  assert.deepEqual(answer.rejected, [{ line: 2, reason: 'nan', detail: 'load/load has no value' }]);
  await assertAccounts('collectd', { nan: 1 });
});

const at = (secondsAgo: number) => String(Math.floor(Date.now() / 1_000) - secondsAgo);

test('import takes every format, names what was refused, and says so in its exit code', async () => {
  const files = {
    'long.csv': `time,name,host,value\n${at(60)},imp_csv,a,1\n${at(50)},imp_csv,a,2\n`,
    'wide.csv': `time,imp.wide.a,imp.wide.b\n${new Date(Date.now() - 60_000).toISOString()},3,\n`,
    'a.json': JSON.stringify([{ name: 'imp_json', labels: { host: 'a' }, samples: [[Number(at(60)), 4]] }]),
    'a.ndjson': `{"path":"imp.ndjson","t":${at(60)},"v":5}\n`,
    'a.om': `# TYPE imp_om gauge\nimp_om{host="a"} 6 ${at(60)}\n# EOF\n`,
    'a.lp': `imp_lp,host=a value=7 ${at(60)}000000000\n`,
  };
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  await writeFile(join(folder, 'a.graphite.gz'), gzipSync(`imp.graphite 8 ${at(60)}\n`));
  const paths = [...Object.keys(files), 'a.graphite.gz'].map((name) => join(folder, name));
  const { code, out, err } = await imported(paths);
  assert.deepEqual([code, err], [0, '']);
  assert.match(out, /^8 samples stored, 0 refused/);
  const targets = ['imp_csv;host=a', 'imp.wide.a', 'imp_json;host=a', 'imp.ndjson', 'imp_om;host=a', 'imp_lp;host=a'];
  const values = await Promise.all([...targets, 'imp.graphite'].map(valuesOf));
  assert.deepEqual(values, [[1, 2], [3], [4], [5], [6], [7], [8]]);

  const lines = `imp.part 1 ${at(30)}\nimp.part x ${at(30)}\nimp.part 2 ${at(20)}\n`;
  const part = await imported(['-', '--format', 'graphite', '--from-line', '2'], lines);
  assert.deepEqual([part.code, part.err], [1, '-:2: bad_value\n']);
  assert.match(part.out, /^1 samples stored, 1 refused/);
  await assertAccounts('json', {});
});

test('import says what is wrong before it sends, and where to go on after', async () => {
  const unclear = await imported([join(folder, 'none.csv')]);
  assert.deepEqual([unclear.code, unclear.err.includes('cannot be read')], [1, true]);
  const read = await product.token('read');
  const args = ['import', '-', '--format', 'graphite', '--url', product.base, '--token', read];
  const forbidden = await run(process.execPath, [MAIN, ...args], 'a 1 1\n');
  assert.equal(forbidden.code, 1);
  assert.match(forbidden.err, /answers 403: .*nocmate token create --scope ingest/s);
});

test('what statsd has gathered is flushed when the product stops', async () => {
  const refusals = async () => {
    const { accounts } = await product.self();
    return accounts.find(({ input }) => input === 'statsd')?.rejected['bad_line'] ?? 0;
  };
  const before = await refusals();
  await sendUdp('statsd', 'stopped:5|c\nno line of statsd');
  await product.until(async () => (await refusals()) > before);
  assert.equal(await product.stop(), 0);
  await product.start();
  assert.equal(Math.max(...(await valuesOf('stats.counters.stopped.count'))), 5);
});
