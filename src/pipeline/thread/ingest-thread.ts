import type { MessagePort } from 'node:worker_threads';
import { AppError, messageOf } from '#core/errors.ts';
import type { InputPlugin } from '#core/plugin/input.ts';
import { systemClock } from '#io/clock.ts';
import { Ledger } from '#pipeline/ledger.ts';
import type { FromThread, TextAnswer, ThreadData, ToThread } from '#pipeline/protocol.ts';
import { createSpoolWriter } from '#storage/spool/spool-writer.ts';
import { Gate } from './gate.ts';
import { Listeners } from './listeners.ts';
import { LiveTaps } from './live-taps.ts';
import { NewSeries } from './new-series.ts';
import { OpenBatches } from './open-batches.ts';
import { RecentSamples } from './recent-samples.ts';
import { type RequestParts, takeSamples, takeText } from './requests.ts';
import type { WriterParts } from './sample-writer.ts';
import { SeriesCatalogue } from './series-catalogue.ts';
import { loadSeriesHash, type SeriesHash } from './series-hash.ts';
import { Sources } from './sources.ts';
import { SpaceWatch } from './space-watch.ts';
import { Spooler } from './spooler.ts';

/** The name under which events stand in the accounts. */
export const EVENTS_INPUT = 'events';

const STATE_EVERY_MS = 500;

/** Everything of the ingest thread, wired. */
type Parts = RequestParts & {
  readonly port: MessagePort;
  readonly data: ThreadData;
  readonly catalogue: SeriesCatalogue;
  readonly taps: LiveTaps;
  readonly recent: RecentSamples;
  readonly space: SpaceWatch;
  readonly listeners: Listeners;
  readonly newSeries: NewSeries;
};

/**
 * Runs the ingest thread: opens the inputs, serves the main thread's messages until it is told to stop. `plugins`: id →
 * plugin. What cannot be started is told to the main thread, not thrown.
 */
export async function runIngestThread(
  plugins: ReadonlyMap<string, InputPlugin>,
  port: MessagePort,
  data: ThreadData,
): Promise<void> {
  try {
    const parts = await assemble(plugins, port, data);
    port.on('message', (message: ToThread) => handle(parts, message));
    await parts.space.start();
    await startInputs(plugins, parts);
    setInterval(() => postState(parts), STATE_EVERY_MS);
    parts.gate.onChange(() => postState(parts));
    send(port, { kind: 'ready', listeners: parts.listeners.states });
  } catch (error) {
    send(port, { kind: 'refused', message: messageOf(error) });
    setImmediate(() => process.exit(1));
  }
}

async function assemble(
  plugins: ReadonlyMap<string, InputPlugin>,
  port: MessagePort,
  data: ThreadData,
): Promise<Parts> {
  const { config } = data;
  const hash = await loadSeriesHash();
  const catalogue = new SeriesCatalogue(hash, config);
  const taps = new LiveTaps(catalogue, (columns) => send(port, { kind: 'tap', ...columns }));
  const newSeries = new NewSeries(catalogue, (message) => send(port, message));
  catalogue.onNew = (ordinal) => {
    taps.onNew(ordinal);
    newSeries.onNew(ordinal);
  };
  const writers = {
    catalogue,
    taps,
    batches: new OpenBatches(),
    ledger: new Ledger(data.ledger),
    limits: { futureWindowMs: config.futureWindow, maxAgeMs: config.maxAge },
    now: systemClock.now,
  };
  const gate = new Gate();
  const recent = new RecentSamples(systemClock.monotonic);
  const { spooler, space } = assembleSpool({ port, data, hash, writers, gate, recent });
  const shared = { writers, spooler, gate, sources: new Sources(), limits: config };
  const listeners = new Listeners({
    ...shared,
    monotonic: systemClock.monotonic,
    maxConnections: config.maxConnections,
    maxConnectionsPerAddress: config.maxConnectionsPerAddress,
    idleTimeoutMs: config.idleTimeout,
  });
  const formats = new Map([...plugins.values()].flatMap((plugin) => Object.entries(plugin.formats ?? {})));
  return { ...shared, formats, port, data, catalogue, taps, recent, space, listeners, newSeries };
}

type SpoolParts = {
  readonly port: MessagePort;
  readonly data: ThreadData;
  readonly hash: SeriesHash;
  readonly writers: WriterParts;
  readonly gate: Gate;
  readonly recent: RecentSamples;
};

/** The part that makes records durable, and what watches the room for them. */
function assembleSpool({ port, data, hash, writers, gate, recent }: SpoolParts) {
  const { spoolDirectory, config, spoolBytes } = data;
  const limits = { directory: spoolDirectory, spoolLimitBytes: config.spoolLimit, minFreeBytes: config.minFreeSpace };
  const space: SpaceWatch = new SpaceWatch(limits, gate, () => spooler, spoolBytes);
  const spooler = new Spooler({
    ...writers,
    hash,
    gate,
    recent,
    post: (message) => {
      if (message.kind === 'spooled') space.account(message.file.bytes);
      send(port, message);
    },
    monotonic: systemClock.monotonic,
    writer: createSpoolWriter(spoolDirectory, systemClock.now),
    flushIntervalMs: config.flushInterval,
    maxBatchRows: config.maxBatchRows,
    eventSlot: data.slots[EVENTS_INPUT] ?? 0,
    onFault: (error) => fault(port, error),
  });
  return { spooler, space };
}

async function startInputs(plugins: ReadonlyMap<string, InputPlugin>, parts: Parts): Promise<void> {
  for (const [id, raw] of Object.entries(parts.data.inputs)) {
    const plugin = plugins.get(id);
    if (plugin === undefined) throw new AppError('bad_request', `there is no input "${id}"`);
    await plugin.start(plugin.config.parse(raw), parts.listeners.context(id, parts.data.slots[id] ?? 0));
  }
}

function handle(parts: Parts, message: ToThread): void {
  switch (message.kind) {
    case 'samples':
      return answer(parts, message.ticket, takeSamples(parts, message));
    case 'text':
      return answer(parts, message.ticket, takeText(parts, message));
    case 'event':
      return parts.spooler.append(message.event);
    case 'gone':
      parts.space.account(-message.bytes);
      parts.spooler.gone(message.id);
      return parts.recent.inserted(message.id);
    case 'watch':
      return parts.taps.watch(message.slots, message.ids);
    case 'unwatch':
      return parts.taps.unwatch(message.ids);
    case 'recent': {
      const found = parts.recent.of(message.ids, parts.catalogue, parts.writers.batches.all);
      return send(parts.port, { kind: 'recent', ticket: message.ticket, ...found });
    }
    case 'announce':
      return parts.newSeries.announce(message.newSeries);
    case 'stop':
      return void stop(parts);
  }
}

function answer(parts: Parts, ticket: number, outcome: Promise<TextAnswer>): void {
  outcome.then(
    (done) => send(parts.port, { kind: 'written', ticket, answer: done }),
    (error: unknown) => {
      const code = error instanceof AppError ? error.code : 'internal';
      send(parts.port, { kind: 'failed', ticket, code, message: messageOf(error) });
    },
  );
  parts.spooler.afterChunk();
}

async function stop(parts: Parts): Promise<void> {
  await parts.listeners.close();
  parts.space.stop();
  parts.taps.close();
  parts.spooler.cut();
  await parts.spooler.drain();
  parts.spooler.abandon('disk_full');
  send(parts.port, { kind: 'stopped' });
}

function postState(parts: Parts): void {
  const { gate, catalogue, listeners, port } = parts;
  send(port, { kind: 'state', closed: gate.reason, series: catalogue.size, listeners: listeners.states });
}

/** After a failed fsync nothing may be written or answered any more. */
function fault(port: MessagePort, error: unknown): void {
  send(port, { kind: 'fault', message: messageOf(error) });
  setImmediate(() => process.exit(70));
}

function send(port: MessagePort, message: FromThread): void {
  port.postMessage(message);
}
