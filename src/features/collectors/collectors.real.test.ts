import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { sql } from 'kysely';
import { z } from 'zod';
import type { CatalogueEntry, FoundProposal, StoredTarget, TriedCollection } from '#core/api/collectors.ts';
import type { NamedSecret } from '#core/api/secrets.ts';
import type { CollectorStatus } from '#core/api/status.ts';
import { AppError } from '#core/errors.ts';
import type { Event } from '#core/model/event.ts';
import { defineCollector } from '#core/plugin/collector.ts';
import type { HostFacts } from '#core/plugin/discovery.ts';
import { SecretReference } from '#core/plugin/target-options.ts';
import type { Route } from '#core/route.ts';
import { systemClock } from '#io/clock.ts';
import { createLogger } from '#io/log.ts';
import type { State } from '#storage/postgres/index.ts';
import { createScratch, type Scratch } from '#storage/postgres/scratch-state.ts';
import { createKeyRing, SecretStore, secretMigrations } from '#storage/secrets/index.ts';
import type { TargetSpec } from './collector-work.ts';
import { type Collectors, collectorMigrations, createCollectors } from './index.ts';

const Options = z.strictObject({ host: z.string(), password: SecretReference.optional() });
const plugin = defineCollector<z.infer<typeof Options>>({
  ...{ title: 'R', summary: 'Test.', group: 'Tests', config: Options, metrics: {}, defaultIntervalMs: 10_000 },
  ...{ automatic: [], target: ({ host }) => host, address: ({ host }) => ({ host, port: 1 }) },
  discovery: {
    propose: ({ listeners }) =>
      listeners.map(({ port }) => ({ seen: 'seen', candidates: [{ host: `bad-${port}` }, { host: `found-${port}` }] })),
  },
  start: () => ({ collect: async () => ({ values: [] }) }),
});

let scratch: Scratch;
let state: State;
let secrets: SecretStore;
let feature: Collectors;
let stored: readonly TargetSpec[] = [];
let tried: { readonly spec: TargetSpec; readonly given: ReadonlyMap<string, string> }[] = [];
let running: readonly Partial<CollectorStatus>[] = [];
let works: (host: unknown) => boolean = () => true;
const events: Event[] = [];

const answer = (isOk: boolean): TriedCollection => {
  const error = { kind: 'auth', message: 'login needed' } as const;
  return { isOk, target: '', durationMs: 1, series: [], problems: [], ...(isOk ? {} : { error }) };
};

before(async () => {
  scratch = await createScratch();
  state = scratch.create({ ...secretMigrations, ...collectorMigrations });
  await state.start();
  secrets = new SecretStore(state.db, createKeyRing(scratch.dataDir, undefined));
});
after(() => scratch.remove());

beforeEach(async () => {
  await sql`truncate collector_targets, secrets`.execute(state.db);
  [stored, tried, running] = [[], [], []];
  works = () => true;
  feature = createCollectors({
    ...{ db: state.db, secrets, plugins: new Map([['r', plugin]]), clock: systemClock, discover: 'auto' },
    work: {
      check: ({ entry }) => {
        const { host, password } = entry;
        const parsed = Options.safeParse(password === undefined ? { host } : { host, password });
        if (!parsed.success) throw new AppError('bad_request', z.prettifyError(parsed.error));
        return parsed.data.host;
      },
      setStored: (specs) => {
        stored = specs;
      },
      tryOut: async (spec, given) => {
        tried.push({ spec, given });
        return answer(works(spec.entry['host']));
      },
      statuses: () => running as CollectorStatus[],
      users: () => [{ name: 'R db', options: { password: 'stored:cache' } }],
    },
    events: { append: (event) => events.push(event) },
    logger: createLogger({ level: 'silent' }),
  });
});

/** Calls a route as the API does. */
async function call<Answer>(method: Route['method'], path: string, body: unknown = {}): Promise<Answer> {
  const [, id = ''] = /^\/api\/collectors\/(?:targets|proposals)\/(.+)$/.exec(path) ?? [];
  const shape = id === '' ? path : path.replace(id, ':id');
  const route = feature.routes.find((one) => one.method === method && one.path === shape);
  assert.ok(route, `${method} ${shape}`);
  const caller = { kind: 'user', id: '1', name: 'ops', scope: 'admin' } as const;
  const parsed = route.body === undefined ? body : route.body.parse(body);
  const request = { params: { id }, query: {}, body: parsed, caller, signal: new AbortController().signal };
  return (await route.handler({ ...request, remoteAddress: '', headers: {} })) as Answer;
}

const TARGETS = '/api/collectors/targets';
const list = (): Promise<StoredTarget[]> => call('GET', TARGETS);
const add = (body: object): Promise<StoredTarget> => call('POST', TARGETS, { collector: 'r', ...body });

test('whatever changes targets or reaches the network is for administrators', () => {
  const open = feature.routes
    .filter(({ permission }) => permission !== 'admin')
    .map(({ method, path }) => method + path);
  assert.deepEqual(
    open,
    ['catalogue', 'targets', 'proposals'].map((name) => `GET/api/collectors/${name}`),
  );
});

test('the catalogue says what a form needs, and which options are secrets', async () => {
  const [entry] = await call<CatalogueEntry[]>('GET', '/api/collectors/catalogue');
  assert.deepEqual(entry?.options.required, ['host']);
  assert.equal(entry?.options.properties['password']?.format, 'secret');
  assert.equal(entry?.isRemote, true);
});

test('a target with a secret: stored, run with a reference, shown without it', async () => {
  const made = await add({
    options: { host: 'db' },
    secrets: { password: 'hunter2' },
    interval: '30s',
    labels: { env: 'x' },
  });
  assert.deepEqual(made.options, { host: 'db' });
  assert.deepEqual(made.secretsSet, ['password']);
  assert.doesNotMatch(JSON.stringify([await list(), events]), /hunter2|stored:/);
  const password = `stored:target/${made.id}/password`;
  const entry = { host: 'db', password, interval: '30s', labels: { env: 'x' }, enabled: true };
  assert.deepEqual(stored, [{ collector: 'r', origin: 'page', storedId: made.id, entry }]);
  assert.equal(await secrets.get(`target/${made.id}/password`), 'hunter2');
  assert.equal(events.at(-1)?.kind, 'collector.target_added');
});

test('a change keeps secrets, replaces or removes them, but not for another address', async () => {
  const { id } = await add({ options: { host: 'db' }, secrets: { password: 'hunter2' } });
  const put = (body: object) => call<StoredTarget>('PUT', `${TARGETS}/${id}`, { collector: 'r', ...body });
  assert.deepEqual((await put({ options: { host: 'db' }, labels: { a: 'b' } })).secretsSet, ['password']);
  await assert.rejects(put({ options: { host: 'evil' } }), { message: /write its secrets again/ });
  const test = { id, collector: 'r', options: { host: 'evil' } };
  await assert.rejects(call('POST', '/api/collectors/test', test), { message: /write its secrets again/ });
  assert.deepEqual(tried, []);
  await put({ options: { host: 'other' }, secrets: { password: 'new one' } });
  assert.equal(await secrets.get(`target/${id}/password`), 'new one');
  assert.deepEqual((await put({ options: { host: 'other' }, secrets: { password: null } })).secretsSet, []);
  await assert.rejects(secrets.get(`target/${id}/password`), { code: 'not_found' });
});

for (const [what, body, message] of [
  [
    'a reference to a secret of the host',
    { options: { host: 'a', password: 'file:/etc/shadow' } },
    /references only in/,
  ],
  ['a secret that there is no option for', { options: { host: 'a' }, secrets: { other: 'x' } }, /is no secret/],
  ['an option that is missing', { options: {} }, /host/],
] as const) {
  test(`refused: ${what}`, async () => {
    await assert.rejects(add(body), { code: 'bad_request', message });
    assert.deepEqual(await list(), []);
  });
}

test('a target stands once, and not beside the configuration', async () => {
  await add({ options: { host: 'db' } });
  await assert.rejects(add({ options: { host: 'db' }, secrets: { password: 'x' } }), { code: 'conflict' });
  assert.deepEqual(await secrets.list(), []);
  running = [{ plugin: 'r', target: 'file-1', origin: 'config' }];
  await assert.rejects(add({ options: { host: 'file-1' } }), { code: 'conflict', message: /configuration/ });
});

test('a test stores nothing, and hands the new secret to the run only', async () => {
  const body = { collector: 'r', options: { host: 'db' }, secrets: { password: 'hunter2' } };
  assert.equal((await call<TriedCollection>('POST', '/api/collectors/test', body)).isOk, true);
  const [{ spec, given } = { spec: undefined, given: new Map() }] = tried;
  assert.equal(given.get(String(spec?.entry['password'])), 'hunter2');
  assert.deepEqual([await list(), await secrets.list()], [[], []]);
});

test('a removed target takes its secrets with it; a switched off one stays and does not run', async () => {
  const { id } = await add({ options: { host: 'db' }, secrets: { password: 'x' } });
  await add({ options: { host: 'off' }, enabled: false });
  assert.equal(stored.length, 1);
  await call('DELETE', `${TARGETS}/${id}`);
  assert.deepEqual([(await list()).map(({ target }) => target), stored, await secrets.list()], [['off'], [], []]);
});

const facts = (...ports: number[]): ReadonlyMap<string, HostFacts> => {
  const listeners = ports.map((port) => ({ address: '::', port, pid: 1, program: 'r', commandLine: [] }));
  return new Map([['r', { listeners, files: new Map() }]]);
};
const consider = (...ports: number[]): Promise<void> => feature.consider(facts(...ports), new AbortController().signal);
const proposals = (): Promise<FoundProposal[]> => call('GET', '/api/collectors/proposals');

test('what answers without a login is kept and runs; what does not is offered with its reason', async () => {
  works = (host) => host === 'found-1';
  await consider(1, 2);
  assert.deepEqual(
    (await list()).map(({ target, origin }) => [target, origin]),
    [['found-1', 'found']],
  );
  const [offered, ...others] = await proposals();
  assert.equal(others.length, 0);
  assert.deepEqual([offered?.target, offered?.options, offered?.reason], ['bad-2', { host: 'bad-2' }, 'login needed']);
  tried = [];
  await consider(1);
  assert.deepEqual([tried, (await list()).length], [[], 1]);
});

test('a found target that is led elsewhere is one of the page, with what that may reach', async () => {
  await consider(1);
  const [{ id } = { id: '' }] = await list();
  const put = (host: string) => call<StoredTarget>('PUT', `${TARGETS}/${id}`, { collector: 'r', options: { host } });
  assert.equal((await put('bad-1')).origin, 'found');
  assert.equal((await put('169.254.169.254')).origin, 'page');
  assert.equal(stored[0]?.origin, 'page');
});

test('a proposal that is set up is proposed no more', async () => {
  works = () => false;
  await consider(1, 2);
  assert.equal((await proposals()).length, 2);
  await add({ options: { host: 'bad-2' }, secrets: { password: 'x' } });
  assert.deepEqual(
    (await proposals()).map(({ target }) => target),
    ['bad-1'],
  );
});

test('what was dismissed or removed by hand is not found again, but can be added by hand', async () => {
  works = (host) => host === 'bad-1';
  await consider(1, 2);
  const [{ id } = { id: '' }] = await list();
  await call('DELETE', `${TARGETS}/${id}`);
  const [proposal] = await proposals();
  await call('DELETE', `/api/collectors/proposals/${proposal?.id}`);
  tried = [];
  await consider(1, 2);
  assert.deepEqual([tried, await list(), await proposals()], [[], [], []]);
  assert.equal((await add({ options: { host: 'bad-1' } })).origin, 'page');
});

test('named secrets are told with who uses them, never with their value, and are encrypted anew', async () => {
  const put = feature.routes.find(({ method, path }) => method === 'PUT' && path === '/api/secrets/:name');
  const caller = { kind: 'user', id: '1', name: 'ops', scope: 'admin' } as const;
  const signal = new AbortController().signal;
  for (const name of ['cache', 'other']) {
    const request = { params: { name }, query: {}, body: { value: 'hunter2' }, caller, signal };
    await put?.handler({ ...request, remoteAddress: '', headers: {} });
  }
  await add({ options: { host: 'db' }, secrets: { password: 'hunter2' } });
  const told = await call<NamedSecret[]>('GET', '/api/secrets');
  assert.deepEqual(
    told.map(({ name, updatedBy, usedBy }) => [name, updatedBy, usedBy]),
    [
      ['cache', 'ops', ['R db']],
      ['other', 'ops', []],
    ],
  );
  assert.doesNotMatch(JSON.stringify(told), /hunter2/);
  assert.deepEqual(await call('POST', '/api/secrets/rotate'), { count: 3 });
  assert.equal(await secrets.get('cache'), 'hunter2');
});
