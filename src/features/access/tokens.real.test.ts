import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { NewToken, TokenInfo } from '#core/api/access.ts';
import { AppError } from '#core/errors.ts';
import { type Caller, SCOPES } from '#core/route.ts';
import type { Access } from './index.ts';
import { type AccessBench, createAccessBench } from './testing/access-bench.ts';

const DAY = 24 * 3_600_000;
const admin: Caller = { kind: 'user', id: '1', name: 'ann', scope: 'admin' };
let bench: AccessBench;
before(async () => {
  bench = await createAccessBench();
});
after(() => bench.end());

async function call<Answer>(access: Access, name: string, { id = '', body }: { id?: string; body?: unknown } = {}) {
  const [method, path] = name.split(' ');
  const route = access.routes.find((one) => one.method === method && one.path === path);
  assert.ok(route !== undefined, name);
  return (await route.handler({
    params: { id },
    query: {},
    body: route.body?.parse(body),
    caller: admin,
    signal: new AbortController().signal,
    remoteAddress: '192.0.2.1',
    headers: {},
  })) as Answer;
}

const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });
const basic = (password: string) => ({ authorization: `Basic ${Buffer.from(`any:${password}`).toString('base64')}` });

test('a token of each scope is known as bearer, as InfluxDB’s clients send it and as basic-auth password, and by nothing else', async () => {
  const access = bench.create();
  for (const scope of SCOPES) {
    const { id, secret } = await call<NewToken>(access, 'POST /api/tokens', { body: { name: `for ${scope}`, scope } });
    assert.match(secret, /^nocmate_[0-9a-f]{18}_[\w-]{43}$/);
    const caller: Caller = { kind: 'token', id, name: `for ${scope}`, scope };
    assert.deepEqual(await access.authenticate(bearer(secret)), caller);
    assert.deepEqual(await access.authenticate(basic(secret)), caller);
    for (const text of [secret, `any:${secret}`])
      assert.deepEqual(await access.authenticate({ authorization: `Token ${text}` }), caller);
    const encoded = Buffer.from(`any:${secret}`).toString('base64');
    for (const authorization of [`Splunk ${secret}`, `ApiKey ${encoded}`])
      assert.deepEqual(await access.authenticate({ authorization }), caller);
    const flipped = secret.slice(0, -2) + (secret.endsWith('A') ? 'BB' : 'AA');
    const strangers = [flipped, secret.slice(0, -1), `${secret}A`, secret.replace('nocmate', 'other'), ''];
    for (const stranger of strangers) assert.equal(await access.authenticate(bearer(stranger)), undefined, stranger);
    assert.equal(await access.authenticate({ authorization: secret }), undefined);
    assert.equal(await access.authenticate({ authorization: `Digest ${secret}` }), undefined);
    assert.equal(await access.authenticate({ cookie: `nocmate_session=${secret}` }), undefined);
  }
});

test('tokens are listed without their secrets, with their use', async () => {
  const access = bench.create();
  const { id, secret } = await call<NewToken>(access, 'POST /api/tokens', { body: { name: 'list', scope: 'read' } });
  bench.advance(1_000);
  await access.authenticate(bearer(secret));
  const listed = await call<TokenInfo[]>(access, 'GET /api/tokens');
  assert.deepEqual(
    listed.find((token) => token.id === id),
    {
      id,
      name: 'list',
      scope: 'read',
      createdAt: bench.clock.now() - 1_000,
      createdBy: 'ann',
      expiresAt: null,
      lastUsedAt: bench.clock.now(),
    } satisfies TokenInfo,
  );
  assert.equal(JSON.stringify(listed).includes(secret.split('_')[2] ?? ''), false);
});

test('a token ends on its day', async () => {
  const access = bench.create();
  const body = { name: 'short', scope: 'write', expiresInDays: 1 };
  const { secret, expiresAt } = await call<NewToken>(access, 'POST /api/tokens', { body });
  assert.equal(expiresAt, bench.clock.now() + DAY);
  bench.advance(DAY - 1);
  assert.equal((await access.authenticate(bearer(secret)))?.scope, 'write');
  bench.advance(1);
  assert.equal(await access.authenticate(bearer(secret)), undefined, 'whether remembered or not');
});

test('a revoked token is refused at once here, and within seconds elsewhere', async () => {
  const [here, elsewhere] = [bench.create(), bench.create()];
  bench.events.length = 0;
  const { id, secret } = await here.createToken({ name: 'gone', scope: 'ingest' }, 'ann');
  assert.equal((await here.authenticate(bearer(secret)))?.id, id);
  assert.equal((await elsewhere.authenticate(bearer(secret)))?.id, id);
  await call(here, 'DELETE /api/tokens/:id', { id });
  assert.equal(await here.authenticate(bearer(secret)), undefined);
  bench.advance(3_000);
  assert.equal(await elsewhere.authenticate(bearer(secret)), undefined);
  await assert.rejects(call(here, 'DELETE /api/tokens/:id', { id }), { code: 'not_found' });
  assert.deepEqual(
    bench.events.map(({ kind, labels }) => [kind, labels['user']]),
    [
      ['token.created', 'ann'],
      ['token.revoked', 'ann'],
    ],
  );
});

test('only what starts a session is public, and only admins handle tokens and users', () => {
  const permissions = bench.create().routes.map(({ method, path, permission }) => `${method} ${path} ${permission}`);
  assert.deepEqual(permissions.sort(), [
    'DELETE /api/tokens/:id admin',
    'GET /api/bootstrap public',
    'GET /api/tokens admin',
    'GET /api/users admin',
    'POST /api/login public',
    'POST /api/logout public',
    'POST /api/password read',
    'POST /api/setup public',
    'POST /api/tokens admin',
  ]);
});

test('with the database away known callers go on, strangers and log-ins are told why', async () => {
  const access = bench.create();
  const { secret } = await access.createToken({ name: 'known', scope: 'read' }, 'ann');
  const unseen = await access.createToken({ name: 'unseen', scope: 'read' }, 'ann');
  assert.equal((await access.authenticate(bearer(secret)))?.name, 'known');
  await bench.state.stop();
  const away = (error: unknown): boolean => error instanceof AppError && error.status === 503;
  for (const ms of [0, 5_000, 60_000, 10 * 60_000]) {
    bench.advance(ms);
    assert.equal((await access.authenticate(bearer(secret)))?.name, 'known', `after ${ms} ms`);
  }
  await assert.rejects(access.authenticate(bearer(unseen.secret)), away);
  const body = { name: 'ann', password: 'x' };
  await assert.rejects(call(access, 'POST /api/login', { body }), away);
  bench.advance(61 * 60_000);
  await assert.rejects(access.authenticate(bearer(secret)), away, 'not for ever');
});
