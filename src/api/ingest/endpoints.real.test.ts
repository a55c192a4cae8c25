import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { createHttpServer } from '#api/http/index.ts';
import { defineInput, type InputEndpoint } from '#core/plugin/input.ts';
import { createLogger } from '#io/log.ts';
import { assertConserved } from '#pipeline/testing/accounts-check.ts';
import { eventually, type Harness, PLAINTEXT, startIngest } from '#pipeline/testing/ingest-harness.ts';
import { RECORD_WORKER } from '#pipeline/testing/records.ts';
import { endpointRoutes } from './index.ts';

const LIMIT = { timeout: 30_000 };

const ENDPOINTS: readonly InputEndpoint[] = [
  {
    method: 'POST',
    path: '/records/:name',
    read: () => ({ format: 'records' }),
    reply: ({ accepted, rejected }, { params, query }) => ({
      status: rejected.length === 0 ? 204 : 400,
      headers: { 'x-accepted': String(accepted), 'x-asked': `${params['name']} ${query['precision']}` },
      ...(rejected.length === 0 ? {} : { body: JSON.stringify(rejected) }),
    }),
    fail: (error) => ({ status: error.status, body: `failed: ${error.code}` }),
  },
  { method: 'GET', path: '/ping', isPublic: true, reply: () => ({ status: 204, headers: { 'x-version': '1' } }) },
];

type Running = Harness & {
  readonly post: (body: string | Uint8Array, coding?: string) => Promise<Response>;
  readonly base: string;
};

async function serve(t: TestContext, overrides: Parameters<typeof startIngest>[1] = {}): Promise<Running> {
  const harness = await startIngest(t, { ...overrides, options: { workerFile: RECORD_WORKER } });
  const plugin = defineInput({
    ...{ title: '', summary: '', config: undefined as never, endpoints: ENDPOINTS },
    start: () => Promise.resolve(),
  });
  const server = createHttpServer({
    routes: endpointRoutes(new Map([[PLAINTEXT, plugin]]), harness.ingest),
    authenticate: async ({ authorization }) =>
      authorization === undefined ? undefined : { kind: 'token', id: 't', name: 't', scope: 'ingest' },
    web: undefined,
    upgrade: (_request, socket) => socket.destroy(),
    logger: createLogger({ level: 'silent' }),
  });
  const { port } = await server.listen('127.0.0.1', 0);
  t.after(() => server.close(1_000));
  const base = `http://127.0.0.1:${port}`;
  const post: Running['post'] = (body, coding) =>
    fetch(`${base}/records/x?precision=ms`, {
      method: 'POST',
      body: body as string | Uint8Array<ArrayBuffer>,
      headers: { authorization: 'Bearer t', ...(coding === undefined ? {} : { 'content-encoding': coding }) },
    });
  return { ...harness, base, post };
}

test('a body in any coding is unpacked, and its records are durable when it is answered', LIMIT, async (t) => {
  const { post, ingest, account } = await serve(t);
  const text = Buffer.from('sample a\nstale b\nhistogram c\n');
  const codings: readonly (readonly [string | undefined, Uint8Array])[] = [
    [undefined, text],
    ['gzip', gzipSync(text)],
    ['deflate', deflateSync(text)],
    ['deflate', deflateRawSync(text)],
    ['br', brotliCompressSync(text)],
    ['zstd', zstdCompressSync(text)],
    ['snappy', text],
  ];
  for (const [i, [coding, bytes]] of codings.entries()) {
    const answer = await post(bytes, coding);
    assert.equal(answer.status, 204, coding);
    assert.equal(answer.headers.get('x-accepted'), '3');
    assert.equal(answer.headers.get('x-asked'), 'x ms');
    assert.equal(await answer.text(), '');
    assert.equal(account().stored + account().held, 3 * (i + 1));
  }
  assertConserved(ingest.accounts());
});

test('what is refused is answered with its line and what was wrong with it', LIMIT, async (t) => {
  const { post, ingest, account } = await serve(t);
  const answer = await post(gzipSync('sample a\nbad one\nhistogram b\nold c\nsample \n'), 'gzip');
  assert.equal(answer.status, 400);
  assert.equal(answer.headers.get('x-accepted'), '2');
  assert.deepEqual(await answer.json(), [
    { line: 2, reason: 'bad_line', detail: 'no record: one' },
    { line: 4, reason: 'too_old', detail: 'the series c' },
    { line: 5, reason: 'bad_key', detail: 'the series ' },
  ]);
  assert.deepEqual(account().rejected, { bad_line: 1, bad_key: 1, too_old: 1 });
  assertConserved(ingest.accounts());
});

test('bodies that cannot be unpacked or read are refused in the shape of the protocol', LIMIT, async (t) => {
  const { post, ingest, account } = await serve(t);
  const bomb = gzipSync(new Uint8Array(65 * 1024 * 1024));
  for (const [bytes, coding, status, code] of [
    [bomb, 'gzip', 413, 'too_large'],
    [Buffer.from('no gzip'), 'gzip', 400, 'bad_request'],
    [Buffer.from('x'), 'compress', 400, 'bad_request'],
    [Buffer.from('sample kept\nbroken\n'), undefined, 400, 'bad_request'],
  ] as const) {
    const answer = await post(bytes, coding);
    assert.deepEqual([answer.status, await answer.text()], [status, `failed: ${code}`]);
  }
  await eventually(() => account().stored === 1);
  assertConserved(ingest.accounts());
});

test('endpoints that read need a login, public ones answer anyone', LIMIT, async (t) => {
  const { base } = await serve(t);
  assert.equal((await fetch(`${base}/records/x`, { method: 'POST', body: 'sample a' })).status, 401);
  const ping = await fetch(`${base}/ping`);
  assert.deepEqual([ping.status, ping.headers.get('x-version'), await ping.text()], [204, '1', '']);
  const open = defineInput({
    ...{ title: '', summary: '', config: undefined as never, start: () => Promise.resolve() },
    endpoints: ENDPOINTS.map((endpoint) => ({ ...endpoint, isPublic: true })),
  });
  assert.throws(
    () => endpointRoutes(new Map([['open', open]]), { writeBody: () => assert.fail() }),
    /must not be public/,
  );
});

test(
  'on a full disk every kind of record is refused with 507 and a time to try again, and counted',
  LIMIT,
  async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'nocmate-disk-'));
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', folder]).status !== 0) {
      await rm(folder, { recursive: true });
      return t.skip('needs the right to mount a small file system');
    }
    const free = async (): Promise<void> => {
      spawnSync('umount', [folder]);
      await rm(folder, { recursive: true });
    };
    const { post, ingest, account } = await serve(t, { spoolDir: join(folder, 'spool'), after: free });
    assert.equal((await post('histogram warm')).status, 204);
    await writeFile(join(folder, 'filler'), new Uint8Array(4_000_000)).catch(() => undefined);
    for (const body of ['histogram a\n', 'exemplar a\nmetadata m\n', 'sample a\nstale b\nhistogram c\n']) {
      const answer = await post(body);
      assert.deepEqual([answer.status, await answer.text()], [507, 'failed: disk_full'], body);
      assert.ok(answer.headers.get('retry-after'));
    }
    assert.deepEqual(account().rejected, { disk_full: 4 });
    assertConserved(ingest.accounts());
    await rm(join(folder, 'filler'));
    await eventually(() => ingest.status().state === 'up');
    assert.equal((await post('histogram a\nexemplar a\nmetadata m\n')).status, 204);
    await ingest.settled();
    assert.equal(account().stored, 2);
    assertConserved(ingest.accounts());
  },
);
