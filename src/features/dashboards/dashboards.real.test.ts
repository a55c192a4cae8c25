import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Dashboard, type StoredDashboard } from '#core/api/dashboard.ts';
import type { FidelityReport } from '#core/grafana/index.ts';
import type { Event } from '#core/model/event.ts';
import type { Caller } from '#core/route.ts';
import { createScratch, type Scratch } from '#storage/postgres/scratch-state.ts';
import { createDashboards, type Dashboards, dashboardMigrations } from './index.ts';

let scratch: Scratch;
let dashboards: Dashboards;
let nowMs = Date.UTC(2026, 0, 1);
const events: Event[] = [];
const ann: Caller = { kind: 'user', id: '1', name: 'ann', scope: 'write' };
const bob: Caller = { kind: 'user', id: '2', name: 'bob', scope: 'write' };
const host = Dashboard.parse({ title: 'Host', tags: ['built-in'], panels: [panel('cpu'), panel('disk')] });

function panel(id: string) {
  return { id, type: 'time-series', place: { x: 0, y: 0, w: 12, h: 8 }, queries: [{ text: 'up' }] };
}

before(async () => {
  scratch = await createScratch();
  const state = scratch.create(dashboardMigrations);
  dashboards = createDashboards({
    db: state.db,
    builtIn: [{ id: 'builtin-host', dashboard: host }],
    clock: { now: () => nowMs, monotonic: () => nowMs, sleep: async () => undefined },
    events: { append: (event) => void events.push(event) },
  });
  await state.start();
});
after(() => scratch.remove());

/** Calls a route as the API does: schema first. */
async function call<Answer = StoredDashboard>(name: string, caller: Caller, id = '', body?: unknown): Promise<Answer> {
  const [method, path] = name.split(' ');
  const route = dashboards.routes.find((one) => one.method === method && one.path === path);
  assert.ok(route !== undefined, name);
  return (await route.handler({
    params: { id },
    query: {},
    body: route.body?.parse(body),
    caller,
    signal: new AbortController().signal,
    remoteAddress: '192.0.2.1',
    headers: {},
  })) as Answer;
}

const list = (): Promise<StoredDashboard[]> => call('GET /api/dashboards', ann);
const get = (id: string): Promise<StoredDashboard> => call('GET /api/dashboards/:id', ann, id);

test('everything but looking needs the scope write', () => {
  const needs = dashboards.routes.map(({ method, permission }) => [method, permission]);
  assert.equal(needs.length, 8);
  for (const [method, permission] of needs) assert.equal(permission, method === 'GET' ? 'read' : 'write');
});

test('built-in dashboards are listed and read-only; a duplicate is not', async () => {
  assert.deepEqual(
    (await list()).map(({ id, builtIn }) => [id, builtIn]),
    [['builtin-host', true]],
  );
  const refused = { code: 'forbidden', message: /"Host" comes with the product .* duplicate it/ };
  const save = { version: 1, dashboard: host };
  await assert.rejects(call('PUT /api/dashboards/:id', ann, 'builtin-host', save), refused);
  await assert.rejects(call('DELETE /api/dashboards/:id', ann, 'builtin-host'), refused);
  const copy = await call('POST /api/dashboards/:id/duplicate', ann, 'builtin-host');
  assert.deepEqual(copy.dashboard, { ...host, title: 'Host (copy)' });
  assert.deepEqual([copy.builtIn, copy.version, copy.updatedBy], [false, 1, 'ann']);
  await call('DELETE /api/dashboards/:id', ann, copy.id);
  await assert.rejects(get(copy.id), { code: 'not_found' });
  assert.equal((await list()).length, 1);
  assert.deepEqual(
    events.map(({ kind }) => kind),
    ['dashboard.created', 'dashboard.deleted'],
  );
});

test('a dashboard comes back as it was saved, with the version that grows', async () => {
  const made = await call('POST /api/dashboards', ann, '', { title: 'Mine', panels: [panel('a')] });
  assert.deepEqual(await get(made.id), made);
  nowMs += 5_000;
  const dashboard = { ...made.dashboard, title: 'Mine, better', variables: [{ name: 'host', kind: 'label' }] };
  const saved = await call('PUT /api/dashboards/:id', bob, made.id, { version: 1, dashboard });
  assert.deepEqual([saved.version, saved.updatedBy, saved.updatedAt], [2, 'bob', nowMs]);
  assert.deepEqual(await get(made.id), saved);
  assert.equal(saved.dashboard.variables[0]?.name, 'host');
});

test('a save over a version that somebody saved since is refused and names who and when', async () => {
  const made = await call('POST /api/dashboards', ann, '', { title: 'Shared' });
  nowMs = Date.UTC(2026, 0, 2, 3, 4, 5);
  const saves = [ann, bob].map((caller) =>
    call('PUT /api/dashboards/:id', caller, made.id, { version: 1, dashboard: { title: `by ${caller.name}` } }),
  );
  const results = await Promise.allSettled(saves);
  const lost = results.filter((one) => one.status === 'rejected');
  assert.equal(lost.length, 1, 'of two saves at the same time one wins');
  const { dashboard, updatedBy } = await get(made.id);
  assert.equal(dashboard.title, `by ${updatedBy}`);
  const [refusal] = lost;
  assert.ok(refusal !== undefined);
  const { code, message, details } = refusal.reason;
  assert.equal(code, 'conflict');
  assert.match(
    message,
    new RegExp(`^${updatedBy} saved "by ${updatedBy}" as version 2 at 2026-01-02T03:04:05.000Z; you`),
  );
  assert.deepEqual(details, { version: 2, updatedBy, updatedAt: nowMs });
});

test('what became of an imported dashboard is kept with it, through saves, and goes with it', async () => {
  const note = { what: 'axis', how: 'logarithmic: drawn linear', level: 'approximated' } as const;
  const report: FidelityReport = {
    title: 'Theirs',
    format: 'classic (schemaVersion 39)',
    panels: [{ id: 'a', title: 'A', type: 'graph', status: 'approximated', notes: [note] }],
    notes: [],
    totals: { kept: 0, approximated: 1, unsupported: 0 },
  };
  const dashboard = Dashboard.parse({ title: 'Theirs', panels: [panel('a')] });
  const made = await call('POST /api/dashboards/import', ann, '', { dashboard, report });
  assert.deepEqual([made.imported, made.dashboard], [true, dashboard]);
  const reportOf = (id: string) => call<FidelityReport>('GET /api/dashboards/:id/import-report', bob, id);
  assert.deepEqual(await reportOf(made.id), report);
  const saved = await call('PUT /api/dashboards/:id', bob, made.id, { version: 1, dashboard });
  assert.equal(saved.imported, true);
  assert.deepEqual(await reportOf(made.id), report);
  const copy = await call('POST /api/dashboards/:id/duplicate', bob, made.id);
  assert.equal(copy.imported, false);
  await assert.rejects(reportOf(copy.id), { code: 'not_found', message: /was not imported/ });
  await call('DELETE /api/dashboards/:id', ann, made.id);
  await assert.rejects(reportOf(made.id), { code: 'not_found' });
  const wrong = { dashboard, report: { ...report, surprise: 1 } };
  await assert.rejects(call('POST /api/dashboards/import', ann, '', wrong), /surprise/);
});

test('what is not a dashboard, or is gone, is refused', async () => {
  const twice = { title: 'x', panels: [panel('a'), panel('a')] };
  await assert.rejects(call('POST /api/dashboards', ann, '', twice), { code: 'bad_request', message: /"a"/ });
  await assert.rejects(call('POST /api/dashboards', ann, '', { title: 'x', surprise: 1 }), /surprise/);
  const save = { version: 1, dashboard: { title: 'x' } };
  await assert.rejects(call('PUT /api/dashboards/:id', ann, "'; drop table dashboards", save), { code: 'not_found' });
  await assert.rejects(call('DELETE /api/dashboards/:id', ann, 'gone'), { code: 'not_found' });
});
