import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { SavedSearch, SearchDraft } from '#core/api/saved-search.ts';
import type { Caller } from '#core/route.ts';
import { createScratch, type Scratch } from '#storage/postgres/scratch-state.ts';
import { createSavedSearches, type SavedSearches, savedSearchMigrations } from './index.ts';

const user = (id: string, name: string, scope: Caller['scope']): Caller => ({ kind: 'user', id, name, scope });
const ann = user('1', 'ann', 'write');
const bob = user('2', 'bob', 'write');
const eve = user('3', 'eve', 'read');
const root = user('4', 'root', 'admin');
const slow: Partial<SearchDraft> = { name: ' Slow ', query: 'level:error took:>2s', columns: ['host', 'took'] };

let scratch: Scratch;
let saved: SavedSearches;

before(async () => {
  scratch = await createScratch();
  const state = scratch.create(savedSearchMigrations);
  saved = createSavedSearches({ db: state.db, clock: { now: () => Date.UTC(2026, 0, 1) } });
  await state.start();
});
after(() => scratch.remove());

/** Calls a route as the API does: schema first. */
async function call<Answer = SavedSearch>(name: string, caller: Caller, id = '', body?: unknown): Promise<Answer> {
  const route = saved.routes.find(
    ({ method, path }) => name === `${method} ${path.replace('/api/saved-searches', '')}`,
  );
  assert.ok(route !== undefined, name);
  const request = { params: { id }, query: {}, caller, remoteAddress: '192.0.2.1', headers: {} };
  const signal = new AbortController().signal;
  return (await route.handler({ ...request, signal, body: route.body?.parse(body) })) as Answer;
}

const names = async (caller: Caller): Promise<string[]> =>
  (await call<SavedSearch[]>('GET ', caller)).map(({ search }) => search.name);

test('an own search is seen by its owner alone, until it is shared', async () => {
  const made = await call('POST ', ann, '', slow);
  assert.deepEqual(made.search, { ...slow, name: 'Slow', order: 'newest', shared: false });
  assert.deepEqual([made.owner, made.version, made.canChange], ['ann', 1, true]);
  assert.deepEqual([await names(ann), await names(bob), await names(root)], [['Slow'], [], []]);
  await assert.rejects(call('GET /:id', bob, made.id), { code: 'not_found' });
  await call('PUT /:id', ann, made.id, { version: 1, search: { ...made.search, shared: true } });
  assert.deepEqual([await names(bob), await names(eve)], [['Slow'], ['Slow']]);
  assert.equal((await call('GET /:id', bob, made.id)).canChange, false);
});

test('a shared one is changed by its owner and administrators only, and never over what another saved', async () => {
  const [one] = await call<SavedSearch[]>('GET ', bob);
  assert.ok(one !== undefined);
  const search = { ...one.search, name: 'Very slow' };
  await assert.rejects(call('PUT /:id', bob, one.id, { version: 2, search }), { code: 'forbidden' });
  await assert.rejects(call('DELETE /:id', eve, one.id), { code: 'forbidden' });
  const renamed = await call('PUT /:id', root, one.id, { version: 2, search });
  assert.deepEqual([renamed.search.name, renamed.owner, renamed.version], ['Very slow', 'ann', 3]);
  await assert.rejects(call('PUT /:id', ann, one.id, { version: 2, search }), { code: 'conflict' });
  await call('DELETE /:id', ann, one.id);
  assert.deepEqual(await names(ann), []);
});

test('whoever only reads keeps own searches and shares none', async () => {
  await call('POST ', eve, '', { ...slow, range: { from: 'now-1h', to: 'now' } });
  assert.deepEqual(await names(eve), ['Slow']);
  await assert.rejects(async () => call('POST ', eve, '', { ...slow, shared: true }), { code: 'forbidden' });
});

test('what cannot be read or is not a search is refused', async () => {
  await assert.rejects(async () => call('POST ', ann, '', { ...slow, query: 'a "b' }), { code: 'bad_query' });
  for (const bad of [{ name: '  ' }, { range: { from: 'javascript:', to: 'now' } }, { other: 1 }]) {
    await assert.rejects(call('POST ', ann, '', { ...slow, ...bad }), { name: 'ZodError' });
  }
});

test('one owner has 500 at most', async () => {
  for (let i = 0; i < 500; i++) await call('POST ', bob, '', { name: `n${i}`, query: '' });
  await assert.rejects(call('POST ', bob, '', slow), { code: 'bad_request', message: /500 saved searches/ });
});
