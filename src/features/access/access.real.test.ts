import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Bootstrap, LoginAnswer } from '#core/api/access.ts';
import { type Route, type RouteRequest, RouteResponse } from '#core/route.ts';
import type { Access } from './index.ts';
import { type AccessBench, createAccessBench } from './testing/access-bench.ts';

const HOUR = 3_600_000;
let bench: AccessBench;
before(async () => {
  bench = await createAccessBench();
});
after(() => bench.end());

type Call = { body?: unknown; cookie?: string; address?: string; headers?: Record<string, string>; id?: string };

/** Calls a route as the API does: schema first, caller by credentials. */
async function call(access: Access, name: string, options: Call = {}): Promise<{ body: unknown; cookies: string[] }> {
  const [method, path] = name.split(' ');
  const route = access.routes.find((one: Route) => one.method === method && one.path === path);
  assert.ok(route !== undefined, name);
  const cookie: Record<string, string> = options.cookie === undefined ? {} : { cookie: options.cookie };
  const headers: Record<string, string> = { ...options.headers, ...cookie };
  const caller = await access.authenticate({ cookie: headers['cookie'], authorization: headers['authorization'] });
  const request: RouteRequest = {
    params: { id: options.id ?? '' },
    query: {},
    body: route.body === undefined ? undefined : route.body.parse(options.body),
    caller,
    signal: new AbortController().signal,
    remoteAddress: options.address ?? '192.0.2.1',
    headers,
  };
  const answer = await route.handler(request);
  if (!(answer instanceof RouteResponse)) return { body: answer, cookies: [] };
  const set = answer.headers['set-cookie'] ?? [];
  return { body: JSON.parse(String(answer.body)), cookies: typeof set === 'string' ? [set] : [...set] };
}

const pairOf = (cookies: string[]): string => cookies[0]?.split(';')[0] ?? '';

async function logIn(access: Access, password = 'correct horse', options: Call = {}): Promise<string> {
  const { cookies } = await call(access, 'POST /api/login', { body: { name: 'ann', password }, ...options });
  return pairOf(cookies);
}

test('the set-up link makes one admin, once', async () => {
  const access = bench.create();
  const before = await call(access, 'GET /api/bootstrap');
  assert.deepEqual(before.body, {
    version: '1.2.3',
    serverTime: bench.clock.now(),
    host: '',
    setupRequired: true,
    user: null,
  } satisfies Bootstrap);
  const void1 = await access.setupUrlToken();
  const token = await access.setupUrlToken();
  assert.ok(token !== undefined && void1 !== undefined && token !== void1);
  const user = { name: 'ann', password: 'correct horse' };
  await assert.rejects(call(access, 'POST /api/setup', { body: { token: void1, ...user } }), { code: 'forbidden' });
  await assert.rejects(
    call(access, 'POST /api/setup', { body: { token, name: 'ann', password: 'short' } }),
    /8 characters/,
  );
  const both = await Promise.allSettled(
    [1, 2].map(() => call(access, 'POST /api/setup', { body: { token, ...user } })),
  );
  assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
  const done = both.find((one) => one.status === 'fulfilled')?.value;
  assert.deepEqual(done?.body, { user: { name: 'ann', scope: 'admin' } } satisfies LoginAnswer);
  const after = await call(access, 'GET /api/bootstrap', { cookie: pairOf(done?.cookies ?? []) });
  assert.deepEqual(after.body, {
    version: '1.2.3',
    serverTime: bench.clock.now(),
    host: 'node-1',
    setupRequired: false,
    user: { name: 'ann', scope: 'admin' },
  });
  assert.equal(await access.setupUrlToken(), undefined);
  await assert.rejects(call(access, 'POST /api/setup', { body: { token, ...user } }), { code: 'forbidden' });
  assert.equal(await bench.create().createAdmin('bob', 'long enough'), false);
  assert.deepEqual(
    bench.events.map(({ kind }) => kind),
    ['user.created', 'user.login'],
  );
});

test('a session cookie is out of reach for scripts, and tied to https when it came over https', async () => {
  const access = bench.create();
  const login = { body: { name: 'ann', password: 'correct horse' } };
  const [plain] = (await call(access, 'POST /api/login', login)).cookies;
  assert.match(plain ?? '', /^nocmate_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=604800$/);
  for (const headers of [{ 'x-forwarded-proto': 'https' }, { origin: 'https://nocmate.example' }]) {
    const [secure] = (await call(access, 'POST /api/login', { ...login, headers })).cookies;
    assert.match(secure ?? '', /^__Host-nocmate_session=[\w-]{43}; Path=\/; HttpOnly; .*; Secure$/);
    assert.equal((await access.authenticate({ cookie: pairOf([secure ?? '']) }))?.name, 'ann');
  }
});

test('a log-in replaces the session the browser had; log-out ends it at once', async () => {
  const access = bench.create();
  bench.events.length = 0;
  const first = await logIn(access);
  const second = await logIn(access, 'correct horse', { cookie: first });
  assert.notEqual(first, second);
  assert.equal(await access.authenticate({ cookie: first }), undefined);
  assert.equal((await access.authenticate({ cookie: `a=b; ${second}` }))?.kind, 'user');
  const { cookies } = await call(access, 'POST /api/logout', { cookie: second });
  assert.ok(cookies.length === 2 && cookies.every((cookie) => cookie.includes('Max-Age=0')));
  assert.equal(await access.authenticate({ cookie: second }), undefined);
  assert.deepEqual(
    bench.events.map(({ kind }) => kind),
    ['user.login', 'user.login', 'user.logout'],
  );
});

test('a session ends after 12 idle hours, and after 7 days even when busy', async () => {
  const access = bench.create();
  const idle = await logIn(access);
  const busy = await logIn(access);
  for (let hours = 0; hours < 6 * 24; hours += 6) {
    bench.advance(6 * HOUR);
    assert.equal((await access.authenticate({ cookie: busy }))?.name, 'ann', `after ${hours + 6} h`);
    if (hours === 0) continue;
    assert.equal(await access.authenticate({ cookie: idle }), undefined);
  }
  bench.advance(23 * HOUR);
  bench.advance(-12 * HOUR);
  assert.equal((await access.authenticate({ cookie: busy }))?.name, 'ann');
  bench.advance(11 * HOUR);
  assert.equal((await access.authenticate({ cookie: busy }))?.name, 'ann');
  bench.advance(2 * HOUR);
  assert.equal(await access.authenticate({ cookie: busy }), undefined);
});

test('a new password ends all other sessions and leaves this one', async () => {
  const access = bench.create();
  const [mine, other] = [await logIn(access), await logIn(access)];
  assert.equal((await access.authenticate({ cookie: other }))?.name, 'ann');
  const wrong = { current: 'wrong', password: 'battery staple' };
  await assert.rejects(call(access, 'POST /api/password', { cookie: mine, body: wrong }), { code: 'forbidden' });
  const right = { current: 'correct horse', password: 'battery staple' };
  await call(access, 'POST /api/password', { cookie: mine, body: right });
  assert.equal((await access.authenticate({ cookie: mine }))?.name, 'ann');
  assert.equal(await access.authenticate({ cookie: other }), undefined);
  await assert.rejects(logIn(access), { code: 'unauthenticated' });
  await call(access, 'POST /api/password', {
    cookie: await logIn(access, 'battery staple'),
    body: { current: 'battery staple', password: 'correct horse' },
  });
});

test('a wrong name and a wrong password look the same, and unknown names are not written down', async () => {
  const access = bench.create();
  bench.events.length = 0;
  const wrong = { code: 'unauthenticated', message: 'wrong name or password' };
  await assert.rejects(logIn(access, 'wrong'), wrong);
  await assert.rejects(call(access, 'POST /api/login', { body: { name: 's3cret', password: 'x' } }), wrong);
  assert.deepEqual(
    bench.events.map(({ kind, labels }) => [kind, labels['user']]),
    [
      ['user.login_failed', 'ann'],
      ['user.login_failed', undefined],
    ],
  );
  assert.equal(JSON.stringify(bench.events).includes('s3cret'), false);
});

test('failures from one address delay it more and more, and no other', async () => {
  const access = bench.create();
  const at = (address: string) => ({ address });
  for (let failure = 0; failure < 4; failure += 1) {
    await assert.rejects(logIn(access, 'wrong', at('2001:db8::1')), { code: 'unauthenticated' });
  }
  const refused = { code: 'too_many_requests', message: /try again in 1 s/ };
  await assert.rejects(logIn(access, 'correct horse', at('2001:db8::1')), refused);
  await assert.rejects(logIn(access, 'correct horse', at('2001:db8:0:0:5::2')), refused, 'same /64');
  await logIn(access, 'correct horse', at('2001:db8:0:1::1'));
  bench.advance(1_000);
  await assert.rejects(logIn(access, 'wrong', at('2001:db8::1')), { code: 'unauthenticated' });
  await assert.rejects(logIn(access, 'correct horse', at('2001:db8::1')), /try again in 2 s/);
  bench.advance(2_000);
  await logIn(access, 'correct horse', at('2001:db8::1'));
  await assert.rejects(logIn(access, 'wrong', at('2001:db8::1')), { code: 'unauthenticated' });
  await logIn(access, 'correct horse', at('2001:db8::1'));
});

test('nothing in the tables opens a door', async () => {
  const access = bench.create();
  const session = (await logIn(access)).split('=')[1] ?? '';
  const { secret } = await access.createToken({ name: 'canary', scope: 'read' }, 'ann');
  const db = bench.state.db.$extendTables<Record<'users' | 'sessions' | 'api_tokens', object>>();
  const rows = JSON.stringify([
    await db.selectFrom('users').selectAll().execute(),
    await db.selectFrom('sessions').selectAll().execute(),
    await db.selectFrom('api_tokens').selectAll().execute(),
  ]);
  assert.match(rows, /\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  for (const canary of ['correct horse', session, secret.split('_').slice(2).join('_')]) {
    assert.ok(canary.length > 10 && !rows.includes(canary), canary);
  }
});
