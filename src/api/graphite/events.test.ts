import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Event } from '#core/model/event.ts';
import { type Route, RouteResponse } from '#core/route.ts';
import { createMemorySource } from '#query/graphite/memory-source.ts';
import type { EventQuestion, GraphiteEvent, GraphiteSource } from '#query/graphite/source.ts';
import { graphiteRoutes } from './index.ts';

const NOW = 1_795_000_000;

/** The routes over a source that has at once what was appended; `asked` are the questions put to it. */
function fixture(instead?: GraphiteSource['events']): {
  routes: readonly Route[];
  appended: Event[];
  asked: EventQuestion[];
} {
  const appended: Event[] = [];
  const asked: EventQuestion[] = [];
  const events: GraphiteSource['events'] = async (question) => {
    asked.push(question);
    return appended
      .map(({ t, message, labels }, at): GraphiteEvent => {
        return { id: at + 7, t, what: message, tags: labels.tags?.split(' ') ?? [], data: labels.data ?? '' };
      })
      .filter(({ t }) => t / 1000 >= question.from && t / 1000 <= question.until)
      .filter(({ id }) => question.id === undefined || question.id === id);
  };
  let slept = 0;
  const clock = { now: () => NOW * 1000, monotonic: () => slept, sleep: async (ms: number) => void (slept += ms) };
  const source = { ...createMemorySource([]), events: instead ?? events };
  const routes = graphiteRoutes({ source, clock, events: { append: (event) => void appended.push(event) } });
  return { routes, appended, asked };
}

async function call(
  routes: readonly Route[],
  at: string,
  body: unknown,
  params: Record<string, string> = {},
): Promise<{ status: number; text: string }> {
  const route = routes.find(({ method, path }) => `${method} ${path}` === at);
  assert.ok(route !== undefined, at);
  const caller = { kind: 'token', id: '1', name: 'deployer', scope: 'ingest' } as const;
  const rest = { params, query: {}, signal: new AbortController().signal, remoteAddress: '', headers: {} };
  const answer = await route.handler({ ...rest, caller, body });
  assert.ok(answer instanceof RouteResponse && (typeof answer.body === 'string' || answer.body instanceof Uint8Array));
  return { status: answer.status, text: Buffer.from(answer.body).toString() };
}

const post = (routes: readonly Route[], body: object): ReturnType<typeof call> =>
  call(routes, 'POST /events/', JSON.stringify(body));

test('a posted event is one of the product, under the name of its sender, and is listed', async () => {
  const { routes, appended } = fixture();
  const sent = { what: 'deploy 1.2', tags: ['deploy', 'shop'], when: NOW - 60, data: 'two\nlines', extra: 1 };
  assert.deepEqual(await post(routes, sent), { status: 200, text: '{"id":7}' });
  const labels = { tags: 'deploy shop', user: 'deployer', data: 'two\nlines' };
  const event = { t: (NOW - 60) * 1000, kind: 'annotation', severity: 'info', message: 'deploy 1.2', labels };
  assert.deepEqual(appended, [event]);
  const { text } = await call(routes, 'GET /events/get_data', { from: '-1h' });
  const { extra: _extra, ...listed } = sent;
  assert.deepEqual(JSON.parse(text), [{ ...listed, id: 7 }]);
});

test('one event is shown by its id, its time as text; an id that nothing has is 404', async () => {
  const { routes, asked } = fixture();
  await post(routes, { what: 'x', tags: 'a', when: NOW - 60.75 });
  assert.deepEqual(await post(routes, { what: 'x', tags: 'a', when: NOW - 60.75 }), { status: 200, text: '{"id":8}' });
  const show = (id: string): ReturnType<typeof call> => call(routes, 'GET /events/:id', {}, { id });
  const when = '2026-11-18T11:05:39.250Z';
  assert.deepEqual(JSON.parse((await show('7')).text), { id: 7, when, what: 'x', data: '', tags: ['a'] });
  assert.equal(asked.at(-1)?.id, 7);
  for (const id of ['9', 'x', '1e3', '9007199254740993']) {
    assert.deepEqual(await show(id), { status: 404, text: '{"error": "Event matching query does not exist"}' }, id);
  }
});

test('a store that does not answer does not keep an event from being taken', async () => {
  const { routes, appended } = fixture(async () => Promise.reject(new Error('away')));
  assert.deepEqual(await post(routes, { what: 'x' }), { status: 200, text: '' });
  assert.equal(appended.length, 1);
});

test('tags may be words of one text, and the time is now unless given', async () => {
  const { routes, appended } = fixture();
  await post(routes, { what: 'x', tags: ' a  b ' });
  assert.deepEqual([appended[0]?.labels.tags, appended[0]?.t], ['a b', NOW * 1000]);
});

test('events are asked for by range, tags and set operation', async () => {
  const { routes, asked } = fixture();
  await call(routes, 'GET /events/get_data', { tags: 'a b ', set: 'union', from: '100', until: '200' });
  await call(routes, 'GET /events/', {});
  const [first, second] = asked.map(({ signal: _signal, ...question }) => question);
  assert.deepEqual(first, { from: 100, until: 200, tags: ['a', 'b', ''], set: 'union' });
  assert.deepEqual(second, { from: 0, until: NOW });
});

test('what is no event is refused', async () => {
  const { routes, appended } = fixture();
  const bad: [body: object, reason: RegExp][] = [
    [{ tags: 'a' }, /what/],
    [{ what: ' ' }, /what/],
    [{ what: 'a', tags: ['two words'] }, /one word/],
    [{ what: 'a', tags: [1] }, /tags/],
    [{ what: 'a', when: 'now' }, /when/],
    [{ what: 'a', when: NOW + 601 }, /ahead/],
    [{ what: 'a', when: 0 }, /400 days/],
    [{ what: 'a\u0000' }, /control/],
  ];
  for (const [body, reason] of bad) {
    const { status, text } = await post(routes, body);
    assert.equal(status, 400, JSON.stringify(body));
    assert.match(text, reason);
  }
  assert.equal((await call(routes, 'POST /events/', 'what=x')).status, 400);
  assert.deepEqual(appended, []);
});

test('looking needs the scope read, sending the scope ingest', () => {
  const routes = fixture().routes.filter(({ path }) => path.startsWith('/events'));
  const permissions = routes.map(({ method, permission }) => `${method} ${permission}`);
  assert.deepEqual([...new Set(permissions)], ['GET read', 'POST ingest']);
});

test('events() counts the events of each second', async () => {
  const { routes } = fixture();
  await post(routes, { what: 'a', when: NOW - 3 });
  await post(routes, { what: 'b', when: NOW - 3 });
  const fields = { target: 'events("a", "b")', from: String(NOW - 5), until: String(NOW), format: 'raw' };
  const { text } = await call(routes, 'GET /render', fields);
  assert.equal(text, `events("a", "b"),${NOW - 5},${NOW},1|None,None,2.0,None,None\n`);
});
