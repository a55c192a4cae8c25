import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { compress } from 'snappyjs';
import { type ReadFrame, readFrames } from '#api/prometheus/remote-read/testing/read-frames.ts';
import { readXorChunk } from '#api/prometheus/remote-read/testing/read-xor-chunk.ts';
import { encodeRequest1 } from '#plugins/inputs/prometheus-remote-write/testing/encode-request.ts';
import { Product } from '#test/product/product.ts';
import { freePort } from '../peers/free-port.ts';

const PROGRAM = '/usr/bin/prometheus';
const SKIP = existsSync(PROGRAM) ? false : 'prometheus is not installed';
const T = Math.floor(Date.now() / 60_000) * 60_000 - 600_000;
const COUNT = 100;
const HOSTS = ['a', 'b'];
const HEADERS = { 'content-encoding': 'snappy', 'content-type': 'application/x-protobuf' };

let product: Product;
let folder: string;
/** One that has the same samples, and one that reads them from the product. */
let peer: Prometheus;
let reader: Prometheus;

type Prometheus = { readonly base: string; readonly child: ChildProcess };

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nocmate-remote-read-'));
  product = await Product.start();
  if (SKIP !== false) return;
  peer = await startPrometheus('peer', 'global: {}\n', ['--web.enable-remote-write-receiver']);
  const token = await product.token('read');
  const remote = [{ url: `${product.base}/api/v1/read`, read_recent: true, authorization: { credentials: token } }];
  reader = await startPrometheus('reader', JSON.stringify({ remote_read: remote }), []);
});
after(async () => {
  for (const one of [peer, reader]) await end(one);
  await product?.remove();
  await rm(folder, { recursive: true });
});

async function end(one: Prometheus | undefined): Promise<void> {
  if (one === undefined || one.child.exitCode !== null) return;
  one.child.kill();
  await once(one.child, 'exit');
}

async function startPrometheus(name: string, config: string, flags: readonly string[]): Promise<Prometheus> {
  const file = join(folder, `${name}.yml`);
  await writeFile(file, config);
  const address = `127.0.0.1:${await freePort()}`;
  const all = [`--config.file=${file}`, `--storage.tsdb.path=${join(folder, name)}`, `--web.listen-address=${address}`];
  const child = spawn(PROGRAM, [...all, '--log.level=error', ...flags], { stdio: 'ignore' });
  await product.until(async () => (await fetch(`http://${address}/-/ready`)).ok);
  return { base: `http://${address}`, child };
}

/** Values of many shapes at times that are not quite regular. */
function samplesOf(host: string): readonly (readonly [number, number])[] {
  const base = host === 'a' ? 1_000 : 0.1;
  return Array.from({ length: COUNT }, (_, i) => {
    const jitter = (i * 7919) % 40;
    return [T + i * 5_000 + jitter, i % 10 === 3 ? base : base + Math.sin(i) * i ** 3] as const;
  });
}

async function writeToBoth(): Promise<void> {
  const series = HOSTS.map((host) => ({
    labels: [
      ['__name__', 'read_back'],
      ['host', host],
    ] as const,
    samples: samplesOf(host),
  }));
  const body = Buffer.from(encodeRequest1({ series }));
  const authorization = `Bearer ${await product.token('ingest')}`;
  for (const [base, headers] of [
    [product.base, { authorization }],
    [peer.base, {}],
  ] as const) {
    const answer = await fetch(`${base}/api/v1/write`, { method: 'POST', headers: { ...HEADERS, ...headers }, body });
    assert.ok(answer.ok, await answer.text());
  }
}

function streamRequest(): Uint8Array {
  const writer = new BinaryWriter().tag(1, WireType.LengthDelimited).fork();
  writer
    .tag(1, WireType.Varint)
    .int64(T)
    .tag(2, WireType.Varint)
    .int64(T + COUNT * 5_000 + 1_000);
  writer.tag(3, WireType.LengthDelimited).fork().tag(2, WireType.LengthDelimited).string('__name__');
  writer.tag(3, WireType.LengthDelimited).string('read_back').join().join();
  return compress(writer.tag(2, WireType.LengthDelimited).bytes(Uint8Array.of(1)).finish());
}

async function stream(base: string, headers: Record<string, string>): Promise<Response> {
  const body = Buffer.from(streamRequest());
  const answer = await fetch(`${base}/api/v1/read`, { method: 'POST', headers: { ...HEADERS, ...headers }, body });
  assert.equal(answer.status, 200, base);
  return answer;
}

/** Its bits are what counts: Prometheus leaves an empty byte at the end of some chunks. */
function trimmed(frame: ReadFrame): unknown {
  const hex = (bytes: Uint8Array): string =>
    Buffer.from(bytes)
      .toString('hex')
      .replace(/(?:00)+$/, '');
  return { ...frame, chunks: frame.chunks.map((chunk) => ({ ...chunk, bytes: hex(chunk.bytes) })) };
}

test('streamed chunks are bit for bit those of Prometheus over the same samples', { skip: SKIP }, async () => {
  await writeToBoth();
  const authorization = `Bearer ${await product.token('read')}`;
  const [ours, theirs] = await Promise.all([stream(product.base, { authorization }), stream(peer.base, {})]);
  assert.equal(ours.headers.get('content-type'), theirs.headers.get('content-type'));
  const [bytes, wanted] = await Promise.all([ours, theirs].map(async (one) => new Uint8Array(await one.arrayBuffer())));
  assert.ok(bytes !== undefined && wanted !== undefined);
  const frames = readFrames(wanted);
  assert.equal(frames.length, HOSTS.length);
  const values = frames.map(({ chunks }) => chunks.flatMap(({ bytes: chunk }) => readXorChunk(chunk)));
  assert.deepEqual(
    values.map((list) => list.length),
    [COUNT, COUNT],
    'the reader understands Prometheus',
  );
  assert.deepEqual(readFrames(bytes).map(trimmed), frames.map(trimmed));
});

test('Prometheus reads from the product and answers as one that has the samples', { skip: SKIP }, async () => {
  const queries = [
    'read_back',
    'sum by (host) (rate(read_back[1m]))',
    'count(read_back{host=~"a|c"})',
    'read_back{host!="a"}',
  ];
  for (const query of queries) {
    const fields = new URLSearchParams({ query, start: `${T / 1_000}`, end: `${T / 1_000 + 600}`, step: '15' });
    const [ours, theirs] = await Promise.all(
      [reader, peer].map(async ({ base }) => (await fetch(`${base}/api/v1/query_range?${fields.toString()}`)).json()),
    );
    assert.deepEqual(ours, theirs, query);
    assert.match(JSON.stringify(theirs), /"values":\[/, query);
  }
});
