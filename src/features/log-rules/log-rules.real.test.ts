import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { StoredLogRules } from '#core/api/log-rule-api.ts';
import type { LogRules } from '#core/api/log-rules.ts';
import { AppError } from '#core/errors.ts';
import type { Event } from '#core/model/event.ts';
import type { Caller } from '#core/route.ts';
import { createScratch, type Scratch } from '#storage/postgres/scratch-state.ts';
import { createLogRules, logRuleMigrations } from './index.ts';

type Feature = ReturnType<typeof createLogRules>;

const ann: Caller = { kind: 'user', id: '1', name: 'ann', scope: 'admin' };
const events: Event[] = [];
const inForce: LogRules[] = [];
/** What the intake answers with. */
let refusal: AppError | undefined;
let scratch: Scratch;
let feature: Feature;

before(async () => {
  scratch = await createScratch();
  const state = scratch.create(logRuleMigrations);
  feature = createLogRules({
    db: state.db,
    ingest: {
      setLogRules: async (rules) => {
        inForce.push(rules);
        if (refusal !== undefined) throw refusal;
      },
      logCounts: () => ({ formats: [], rules: [] }),
    },
    events: { append: (event) => void events.push(event) },
    logs: { search: () => Promise.reject(new AppError('unavailable', 'no store here')) },
    clock: { now: () => 1_000 },
    geoip: [],
  });
  await state.start();
});
after(async () => {
  await feature.stop();
  await scratch.remove();
});

async function call(name: string, body?: unknown, version = ''): Promise<StoredLogRules> {
  const [method, path] = name.split(' ');
  const route = feature.routes.find((one) => one.method === method && one.path === path);
  assert.ok(route !== undefined, name);
  return (await route.handler({
    params: { version },
    query: {},
    body: route.body?.parse(body),
    caller: ann,
    signal: new AbortController().signal,
    remoteAddress: '192.0.2.1',
    headers: {},
  })) as StoredLogRules;
}

const put = (version: number, name: string): Promise<StoredLogRules> =>
  call('PUT /api/log-rules', { version, rules: { rules: [{ name, steps: [{ type: 'drop' }] }] } });

test('what changes rules needs the scope admin, all else reads', () => {
  const changing = feature.routes.filter(({ permission }) => permission === 'admin');
  assert.deepEqual(
    changing.map(({ method, path }) => `${method} ${path}`),
    ['PUT /api/log-rules', 'POST /api/log-rules/restore'],
  );
  assert.ok(feature.routes.every(({ permission }) => permission === 'admin' || permission === 'read'));
});

test('of saves over the same version one wins; each that wins is in force and an event', async () => {
  assert.equal((await call('GET /api/log-rules')).version, 0);
  const saves = await Promise.allSettled([put(0, 'a'), put(0, 'b'), put(0, 'c')]);
  assert.equal(saves.filter(({ status }) => status === 'fulfilled').length, 1);
  await assert.rejects(put(7, 'x'), { code: 'conflict', message: /ann saved version 1 .* you edited version 7/ });
  assert.equal((await put(1, 'd')).version, 2);
  assert.equal(inForce.at(-1)?.rules[0]?.name, 'd');
  assert.deepEqual(
    events.map(({ kind, labels }) => [kind, labels['user']]),
    [
      ['rules.saved', 'ann'],
      ['rules.saved', 'ann'],
    ],
  );
  await assert.rejects(call('GET /api/log-rules/versions/:version', undefined, '9'), { code: 'not_found' });
  await assert.rejects(call('GET /api/log-rules/versions/:version', undefined, 'x'), { code: 'bad_request' });
});

test('a thread that is being replaced starts with the rules; rules that cannot be do not hinder a start', async () => {
  refusal = new AppError('unavailable', 'the intake is not running');
  assert.equal((await put(2, 'e')).version, 3);
  refusal = new AppError('bad_request', 'no GeoIP database');
  await feature.start();
  assert.match(events.at(-1)?.message ?? '', /not in force: no GeoIP database/);
  refusal = undefined;
  await feature.start();
  assert.equal(inForce.at(-1)?.rules[0]?.name, 'e');
});
