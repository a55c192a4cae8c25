import type { MessagePort } from 'node:worker_threads';
import { AppError, messageOf } from '#core/errors.ts';
import type { InputPlugin, WriteAnswer } from '#core/plugin/input.ts';
import { systemClock } from '#io/clock.ts';
import type { FromThread, ThreadData, ToThread } from '#pipeline/protocol.ts';
import { type CommitJournal, openCommitJournal } from '#storage/spool/commit-journal.ts';
import { createSpoolWriter } from '#storage/spool/spool-writer.ts';
import type { OutputWriter } from './aggregation/aggregator.ts';
import { Answers } from './answers.ts';
import { assembleWriters } from './assemble-writers.ts';
import { Gate } from './gate.ts';
import { Listeners } from './listeners.ts';
import type { LiveTaps } from './live-taps.ts';
import { type LogPatterns, PATTERNS_INPUT } from './log-patterns.ts';
import type { LogTaps } from './log-taps.ts';
import type { NewSeries } from './new-series.ts';
import { OpenPositions } from './open-positions.ts';
import { RecentSamples } from './recent-samples.ts';
import { type RequestParts, takeBody, takeRecords } from './requests.ts';
import { RuledParser, readGeoDatabases } from './ruled-parser.ts';
import type { WriterParts } from './sample-writer.ts';
import type { SeriesCatalogue } from './series-catalogue.ts';
import { ShownSources } from './shown-sources.ts';
import { SourceProblems } from './source-problems.ts';
import { MARK_EVERY_MS, Sources } from './sources.ts';
import { SpaceWatch } from './space-watch.ts';
import { Spooler } from './spooler.ts';

/** The name under which events stand in the accounts. */
export const EVENTS_INPUT = 'events';

/** The name under which aggregates stand in the accounts. */
export const AGGREGATION_INPUT = 'aggregation';

const STATE_EVERY_MS = 500;
const AGGREGATE_EVERY_MS = 1_000;

/** Everything of the ingest thread, wired. */
type Parts = RequestParts & {
  readonly port: MessagePort;
  readonly answers: Answers;
  readonly data: ThreadData;
  readonly catalogue: SeriesCatalogue;
  readonly taps: LiveTaps;
  readonly logTaps: LogTaps;
  readonly patterns: LogPatterns;
  readonly recent: RecentSamples;
  readonly space: SpaceWatch;
  readonly listeners: Listeners;
  readonly newSeries: NewSeries;
  readonly problems: SourceProblems;
  readonly shown: ShownSources;
  readonly parser: RuledParser;
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
    const parts = await assemble(plugins, { port, data, parser: await ruledParser(port, data) });
    port.on('message', (message: ToThread) => handle(parts, message));
    await parts.space.start();
    await startInputs(plugins, parts);
    startAggregation(parts);
    parts.patterns.writeSeries(parts.listeners, data.slots[PATTERNS_INPUT] ?? 0);
    setInterval(() => postState(parts), STATE_EVERY_MS);
    setInterval(() => parts.sources.mark(), MARK_EVERY_MS);
    parts.gate.onChange(() => postState(parts));
    send(port, { kind: 'ready', listeners: parts.listeners.states });
  } catch (error) {
    send(port, { kind: 'refused', message: messageOf(error) });
    setImmediate(() => process.exit(1));
  }
}

async function ruledParser(port: MessagePort, { logRules, config }: ThreadData): Promise<RuledParser> {
  const geoip = await readGeoDatabases(config.geoip);
  return new RuledParser(logRules, geoip, (message) => send(port, { kind: 'warning', message }));
}

async function assemble(
  plugins: ReadonlyMap<string, InputPlugin>,
  { port, data, parser }: { readonly port: MessagePort; readonly data: ThreadData; readonly parser: RuledParser },
): Promise<Parts> {
  const { config } = data;
  const { writers, logTaps, newSeries, patterns } = await assembleWriters({
    data,
    parser,
    post: (message) => send(port, message),
  });
  const { catalogue, taps } = writers;
  const gate = new Gate();
  const recent = new RecentSamples(systemClock.monotonic);
  const journal = await openCommitJournal(data.spoolDirectory);
  const positions = new OpenPositions(journal.positions);
  const { spooler, space } = assembleSpool({ port, data, writers, gate, recent, journal, positions });
  const problems = new SourceProblems();
  const shown = new ShownSources(problems);
  const shared = { writers, spooler, gate, sources: new Sources(), limits: config };
  const listeners = new Listeners({
    ...shared,
    ...{ positions, problems, shown, plugins },
    monotonic: systemClock.monotonic,
    maxConnections: config.maxConnections,
    maxConnectionsPerAddress: config.maxConnectionsPerAddress,
    idleTimeoutMs: config.idleTimeout,
  });
  const told = { taps, logTaps, patterns, recent, newSeries, problems, shown };
  const answers = new Answers((message) => send(port, message));
  return { ...shared, ...told, answers, plugins, port, data, catalogue, space, listeners, parser };
}

type SpoolParts = {
  readonly port: MessagePort;
  readonly data: ThreadData;
  readonly writers: WriterParts;
  readonly gate: Gate;
  readonly recent: RecentSamples;
  readonly journal: CommitJournal;
  readonly positions: OpenPositions;
};

/** The part that makes records durable, and what watches the room for them. */
function assembleSpool({ port, data, ...parts }: SpoolParts) {
  const { spoolDirectory, config, spoolBytes } = data;
  const limits = { directory: spoolDirectory, spoolLimitBytes: config.spoolLimit, minFreeBytes: config.minFreeSpace };
  const space: SpaceWatch = new SpaceWatch(limits, parts.gate, () => spooler, spoolBytes);
  const spooler = new Spooler({
    ...parts.writers,
    ...parts,
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
    const started = plugin.start(plugin.config.parse(raw), parts.listeners.context(id, parts.data.slots[id] ?? 0));
    await started.catch((error: unknown) => {
      if (!mayStayOff(plugin, raw, error)) throw error;
      send(parts.port, { kind: 'warning', message: `input ${id} stays off: ${messageOf(error)}` });
    });
  }
}

/** The port of an optional input is taken, and it is one that nobody asked for. */
function mayStayOff({ isOptional = false }: InputPlugin, raw: unknown, error: unknown): boolean {
  const isAskedFor = typeof raw === 'object' && raw !== null && 'listen' in raw;
  return isOptional && !isAskedFor && error instanceof AppError && error.code === 'conflict';
}

/** Aggregates are written under an account of their own, those that are due every second. */
function startAggregation({ listeners, writers: { rules }, data }: Parts): void {
  const encoder = new TextEncoder();
  listeners.flushEvery({
    slot: data.slots[AGGREGATION_INPUT] ?? 0,
    intervalMs: AGGREGATE_EVERY_MS,
    isAggregated: false,
    flush: (writer, at, isLast) => {
      const write: OutputWriter = (name, t, v) => {
        const bytes = encoder.encode(name);
        writer.sample(bytes, 0, bytes.length, t, v);
      };
      rules.flush(at, write, isLast);
    },
  });
}

function handle(parts: Parts, message: ToThread): void {
  switch (message.kind) {
    case 'records':
      return answer(parts, message.ticket, () => takeRecords(parts, message));
    case 'body':
      return answer(parts, message.ticket, () => takeBody(parts, message));
    case 'settle':
      return void settle(parts, message);
    case 'event':
      return parts.spooler.append(message.event);
    case 'gone':
      return forgetFile(parts, message);
    case 'watch':
      return parts.taps.watch(message.slots, message.ids);
    case 'unwatch':
      return parts.taps.unwatch(message.ids);
    case 'recent':
      return sendRecent(parts, message);
    case 'sources':
      return send(parts.port, { kind: 'sources', ticket: message.ticket, sources: parts.sources.list() });
    case 'pulled':
      return send(parts.port, { kind: 'pulled', ticket: message.ticket, sources: parts.shown.list() });
    case 'watch-logs':
      return parts.logTaps.watch(message.watch, message.query);
    case 'unwatch-logs':
      return parts.logTaps.unwatch(message.watch);
    case 'announce':
      return parts.newSeries.announce(message.newSeries);
    case 'rules':
      return parts.writers.rules.set(message.rules);
    case 'log-rules':
      return setLogRules(parts, message);
    case 'pattern-orders':
    case 'patterns':
      return parts.patterns.handle(message);
    case 'stop':
      return void stop(parts);
  }
}

function forgetFile({ space, spooler, recent }: Parts, { id, bytes }: Extract<ToThread, { kind: 'gone' }>): void {
  space.account(-bytes);
  spooler.gone(id);
  recent.inserted(id);
}

function sendRecent({ recent, catalogue, writers, port }: Parts, asked: Extract<ToThread, { kind: 'recent' }>): void {
  send(port, { kind: 'recent', ticket: asked.ticket, ...recent.of(asked.ids, catalogue, writers.batches.all) });
}

function setLogRules(parts: Parts, { ticket, rules }: Extract<ToThread, { kind: 'log-rules' }>): void {
  try {
    parts.parser.set(rules);
    send(parts.port, { kind: 'settled', ticket });
  } catch (error) {
    refuse(parts, ticket, error);
  }
}

function answer(parts: Parts, ticket: number, take: () => Promise<WriteAnswer>): void {
  take().then(
    (done) => parts.answers.written(ticket, done),
    (error: unknown) => refuse(parts, ticket, error),
  );
  parts.spooler.afterChunk();
}

function refuse({ port }: Parts, ticket: number, error: unknown): void {
  const code = error instanceof AppError ? error.code : 'internal';
  send(port, { kind: 'failed', ticket, code, message: messageOf(error) });
}

/** Series are forgotten only once the rounds that registered them are in the spool. */
async function settle(parts: Parts, { ticket, forget }: Extract<ToThread, { kind: 'settle' }>): Promise<void> {
  const { spooler, catalogue, port } = parts;
  spooler.cut();
  await spooler.drain();
  if (spooler.noSpace) {
    const problem = 'records in memory cannot be written to the spool: free some space and try again';
    return refuse(parts, ticket, new AppError('disk_full', problem));
  }
  catalogue.forget(forget);
  send(port, { kind: 'settled', ticket });
}

async function stop(parts: Parts): Promise<void> {
  await parts.listeners.close();
  parts.space.stop();
  parts.taps.close();
  parts.logTaps.close();
  parts.writers.rules.close();
  parts.spooler.cut();
  await parts.spooler.drain();
  parts.spooler.abandon('disk_full');
  await parts.patterns.stop();
  parts.answers.flush();
  send(parts.port, { kind: 'stopped' });
}

function postState(parts: Parts): void {
  const { gate, catalogue, listeners, port, writers, problems, parser } = parts;
  const aggregation = writers.rules.counts();
  const state = { closed: gate.reason, series: catalogue.size, aggregation, problems: problems.list };
  send(port, { kind: 'state', ...state, logs: parser.counts(), listeners: listeners.states });
}

/** After a failed fsync nothing may be written or answered any more. */
function fault(port: MessagePort, error: unknown): void {
  send(port, { kind: 'fault', message: messageOf(error) });
  setImmediate(() => process.exit(70));
}

function send(port: MessagePort, message: FromThread): void {
  port.postMessage(message);
}
