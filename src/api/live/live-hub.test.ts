import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, afterEach, before, test } from 'node:test';
import { WebSocket } from 'ws';
import type { LiveControl, LiveHeader } from '#core/api/live.ts';
import { AppError } from '#core/errors.ts';
import { decodeFrame, type Frame } from '#core/frame.ts';
import type { LiveTap, TapBatch, TapSeries } from '#core/live-tap.ts';
import { systemClock } from '#io/clock.ts';
import { createLogger } from '#io/log.ts';
import type { SeriesRef } from '#query/metrics/series-source.ts';
import { createLiveHub, type LiveHub } from './index.ts';

/** A tap that the test feeds: every watch of an id hears it. */
class HandTap implements LiveTap {
  readonly watches = new Set<{ ids: readonly bigint[]; onBatch: (batch: TapBatch) => void }>();
  #listeners = new Set<(series: readonly TapSeries[]) => void>();
  recent: TapBatch = { index: new Uint32Array(), t: new Float64Array(), v: new Float64Array() };

  watch(ids: readonly bigint[], onBatch: (batch: TapBatch) => void) {
    const watch = { ids, onBatch };
    this.watches.add(watch);
    return { recent: Promise.resolve(this.recent), close: () => this.watches.delete(watch) };
  }

  onNewSeries(listener: (series: readonly TapSeries[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  sample(id: bigint, t: number, v: number): void {
    for (const { ids, onBatch } of this.watches) {
      const index = ids.indexOf(id);
      if (index >= 0) onBatch({ index: Uint32Array.of(index), t: Float64Array.of(t), v: Float64Array.of(v) });
    }
  }

  announce(series: TapSeries): void {
    for (const listener of this.#listeners) listener([series]);
  }
}

type Message = LiveControl | Frame<LiveHeader>;

/** A viewer that keeps what it heard. */
class HandViewer {
  readonly socket: WebSocket;
  readonly #heard: Message[] = [];
  #waiting: (() => void) | undefined;

  constructor(port: number, headers: Record<string, string> = { authorization: 'reader' }) {
    this.socket = new WebSocket(`ws://127.0.0.1:${port}/api/live`, { headers });
    this.socket.binaryType = 'arraybuffer';
    this.socket.on('message', (data, isBinary) => {
      this.#heard.push(
        isBinary ? decodeFrame<LiveHeader>(data as ArrayBuffer) : (JSON.parse(String(data)) as LiveControl),
      );
      this.#waiting?.();
    });
  }

  async open(): Promise<this> {
    await new Promise<void>((resolve, reject) => {
      this.socket.once('open', () => resolve()).once('error', reject);
    });
    await this.next(({ type }) => type === 'hello');
    return this;
  }

  send(message: object): void {
    this.socket.send(JSON.stringify(message));
  }

  /** The first message heard from now on, or already waiting, that fits. */
  async next(fits: (header: LiveControl | LiveHeader) => boolean): Promise<Message> {
    for (;;) {
      const at = this.#heard.findIndex((message) => fits('header' in message ? message.header : message));
      if (at >= 0) return this.#heard.splice(at, 1)[0] as Message;
      await new Promise<void>((resolve) => {
        this.#waiting = resolve;
      });
    }
  }

  async frame(type: 'snapshot' | 'tick'): Promise<Frame<LiveHeader>> {
    return (await this.next((header) => header.type === type)) as Frame<LiveHeader>;
  }
}

const CPU: SeriesRef = { id: 7n, family: 1, labels: { __name__: 'cpu', host: 'a' } };
const matchers = [{ label: '__name__', op: '=', value: 'cpu' }];
/** Within the history that viewers ask for. */
const T = Date.now() - 30_000;
let tap: HandTap;
let hub: LiveHub;
let http: Server;
let known: SeriesRef[];
let isStoreAway = false;
const viewers: HandViewer[] = [];

before(async () => {
  http = createServer();
  http.on('upgrade', (request, socket, head) => hub.upgrade(request, socket, head));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', () => resolve()));
});
after(() => http.close());
afterEach(() => {
  for (const viewer of viewers.splice(0)) viewer.socket.terminate();
  hub.close();
});

function start(): void {
  tap = new HandTap();
  known = [CPU];
  isStoreAway = false;
  hub = createLiveHub({
    authenticate: async ({ authorization }) =>
      authorization === 'reader' ? { kind: 'token', id: 'r', name: 'r', scope: 'read' } : undefined,
    catalogue: {
      select: async () => known,
      findPaths: async () => [],
      labelNames: async () => [],
      labelValues: async () => [],
    },
    tap,
    logTap: { watch: () => ({ close: () => undefined }) },
    history: async (refs) => {
      if (isStoreAway) throw new AppError('unavailable', 'the store is away');
      return refs.map((series) => ({ series, t: Float64Array.of(T + 1000, T + 2000), v: Float64Array.of(1, 2) }));
    },
    clock: systemClock,
    logger: createLogger({ level: 'silent' }),
  });
}

async function view(): Promise<HandViewer> {
  const viewer = await new HandViewer((http.address() as AddressInfo).port).open();
  viewers.push(viewer);
  return viewer;
}

test('a snapshot joins what is stored and what was just received, then ticks follow', async () => {
  start();
  tap.recent = { index: Uint32Array.of(0, 0), t: Float64Array.of(T + 2000, T + 3000), v: Float64Array.of(2.5, 3) };
  const viewer = await view();
  viewer.send({ type: 'sub', id: 'a', matchers, historyMs: 60_000 });
  const { header, columns } = await viewer.frame('snapshot');
  assert.deepEqual(header.type === 'snapshot' && header.series, [{ sid: '7', labels: CPU.labels }]);
  assert.deepEqual([...(columns[0] ?? [])], [T + 1000, T + 2000, T + 3000]);
  assert.deepEqual([...(columns[1] ?? [])], [1, 2.5, 3]);
  tap.sample(7n, 4000, 4);
  const tick = await viewer.frame('tick');
  assert.deepEqual(
    tick.columns.map((column) => [...column]),
    [[0], [4000], [4]],
  );
});

test('while the store is away the viewer is told, and gets its snapshot when it is back', async () => {
  start();
  isStoreAway = true;
  const viewer = await view();
  viewer.send({ type: 'sub', id: 'a', matchers, historyMs: 60_000 });
  const error = (await viewer.next(({ type }) => type === 'error')) as Extract<LiveControl, { type: 'error' }>;
  assert.equal(error.code, 'unavailable');
  isStoreAway = false;
  const { columns } = await viewer.frame('snapshot');
  assert.deepEqual([...(columns[0] ?? [])], [T + 1000, T + 2000]);
});

test('two viewers of one thing share one watch, and the last one to go ends it', async () => {
  start();
  const [one, two] = [await view(), await view()];
  for (const viewer of [one, two]) {
    viewer.send({ type: 'sub', id: 'x', matchers, historyMs: 0 });
    await viewer.frame('snapshot');
  }
  assert.equal(tap.watches.size, 1);
  tap.sample(7n, 5000, 5);
  await Promise.all([one.frame('tick'), two.frame('tick')]);
  for (const viewer of [one, two]) viewer.send({ type: 'unsub', id: 'x' });
  // A later answer on the same sockets proves that both requests were read.
  for (const viewer of [one, two]) {
    viewer.send({ type: 'sub', id: 'y', matchers: [{ label: 'a', op: '=', value: 'b' }], historyMs: 0 });
    await viewer.frame('snapshot');
  }
  assert.equal([...tap.watches].length, 1);
});

test('a series that appears and matches brings a new snapshot of a higher epoch', async () => {
  start();
  const viewer = await view();
  viewer.send({ type: 'sub', id: 'a', matchers, historyMs: 0 });
  const first = await viewer.frame('snapshot');
  tap.announce({ id: 8n, family: 1, labels: { __name__: 'other', host: 'a' } });
  tap.announce({ id: 9n, family: 1, labels: { __name__: 'cpu', host: 'b' } });
  const second = await viewer.frame('snapshot');
  assert.ok(first.header.type === 'snapshot' && second.header.type === 'snapshot');
  assert.ok(second.header.epoch > first.header.epoch);
  assert.deepEqual(
    second.header.series.map(({ sid }) => sid),
    ['7', '9'],
  );
});

test('a viewer that acknowledges nothing is told of the gap and then goes on with the newest', async () => {
  start();
  const viewer = await view();
  viewer.send({ type: 'sub', id: 'a', matchers, historyMs: 0 });
  await viewer.frame('snapshot');
  for (let i = 1; i <= 25_000; i++) tap.sample(7n, i, i);
  // Nothing was acknowledged: only the first frames were sent.
  viewer.send({ type: 'ack', seq: 1_000 });
  const gap = (await viewer.next(({ type }) => type === 'gap')) as Extract<LiveControl, { type: 'gap' }>;
  assert.ok(gap.dropped > 0 && gap.from < gap.to);
  const last = (await viewer.next((header) => header.type === 'tick' && header.seq > 60)) as Frame<LiveHeader>;
  assert.ok(last.columns[1]);
});

test('whoever is not known, comes from a page of another site or asks for another path is refused', async () => {
  start();
  const { port } = http.address() as AddressInfo;
  const attempt = (headers: Record<string, string>): Promise<string> =>
    new HandViewer(port, headers).open().then(
      () => 'open',
      (error: unknown) => String(error),
    );
  assert.match(await attempt({}), /401/);
  assert.match(await attempt({ authorization: 'stranger' }), /401/);
  assert.match(await attempt({ cookie: 's=1', origin: 'http://evil.example' }), /403/);
});

test('a request that is none closes the connection with a code that says so', async () => {
  start();
  const viewer = await view();
  const closed = new Promise<number>((resolve) => viewer.socket.once('close', (code) => resolve(code)));
  viewer.send({ type: 'sub', id: '', matchers: 'all of them' });
  assert.equal(await closed, 4400);
});

test('a series that was received before the feed began and stored after it is found', async () => {
  start();
  known = [];
  const viewer = await view();
  viewer.send({ type: 'sub', id: 'a', matchers, historyMs: 0 });
  const empty = await viewer.frame('snapshot');
  assert.deepEqual((empty.header as { series?: unknown }).series, []);
  known = [CPU];
  const found = await viewer.frame('snapshot');
  assert.deepEqual((found.header as { series?: unknown }).series, [{ sid: '7', labels: CPU.labels }]);
  tap.sample(7n, 3000, 3);
  await viewer.frame('tick');
});
