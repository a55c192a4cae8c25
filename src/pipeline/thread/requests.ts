import { AppError } from '#core/errors.ts';
import type { InputPlugin, ReaderFactory, ReaderLimits, RejectedRecord, WriteAnswer } from '#core/plugin/input.ts';
import type { RecordBatch } from '#core/sink.ts';
import type { ToThread } from '#pipeline/protocol.ts';
import type { Gate } from './gate.ts';
import { countRecords } from './record-count.ts';
import { StreamWriter, type WriterParts } from './sample-writer.ts';
import { canonicalSpelling } from './series-name.ts';
import type { Sources } from './sources.ts';
import type { Spooler } from './spooler.ts';
import { Ticket } from './ticket.ts';

export type RequestParts = {
  readonly writers: WriterParts;
  readonly spooler: Spooler;
  readonly gate: Gate;
  readonly sources: Sources;
  readonly plugins: ReadonlyMap<string, InputPlugin>;
  readonly limits: ReaderLimits;
};

type Request<Kind extends ToThread['kind']> = Extract<ToThread, { kind: Kind }>;

const MAX_REPORTED = 100;

/** Takes a body from a sender who waits. Resolves when it is durable; throws `disk_full` or `unavailable`. */
export async function takeBody(parts: RequestParts, request: Request<'body'>): Promise<WriteAnswer> {
  const { slot, source, bytes, options } = request;
  const factory = formatOf(parts.plugins, request);
  refuseIfClosed(parts, slot, () => countRecords(factory, parts.limits, bytes, options));
  return take(parts, { slot, source, soon: true, byKind: request.input !== undefined }, (writer) => {
    const reader = factory(writer, parts.limits, options);
    reader.read(bytes);
    reader.end();
  });
}

/** Takes records of the product itself. Resolves when they are durable; throws `disk_full` or `unavailable`. */
export async function takeRecords(parts: RequestParts, { slot, batch }: Request<'records'>): Promise<WriteAnswer> {
  const { samples, stale, histograms = [] } = batch;
  refuseIfClosed(parts, slot, () => (samples?.keys.length ?? 0) + (stale?.keys.length ?? 0) + histograms.length);
  return take(parts, { slot, source: '', soon: false, byKind: false }, (writer) => writeBatch(writer, batch));
}

function formatOf(plugins: ReadonlyMap<string, InputPlugin>, { input, format }: Request<'body'>): ReaderFactory {
  const candidates = input === undefined ? [...plugins.values()] : [plugins.get(input)];
  const found = candidates.map((plugin) => plugin?.formats?.[format]).find((factory) => factory !== undefined);
  if (found === undefined) throw new AppError('bad_request', `no input reads the format "${format}"`);
  return found;
}

/** `byKind`: the answer counts what was accepted by kind. */
type Sender = { readonly slot: number; readonly source: string; readonly soon: boolean; readonly byKind: boolean };

async function take(parts: RequestParts, sender: Sender, write: (writer: StreamWriter) => void): Promise<WriteAnswer> {
  const { writers, spooler, sources } = parts;
  const { slot, source, soon, byKind } = sender;
  const before = new Map(spooler.open.map((batch) => [batch, batch.rows]));
  const writer = new StreamWriter(writers, slot, sources.of(slot, source));
  writer.address = source;
  const rejected: RejectedRecord[] = [];
  let rejectedTotal = 0;
  writer.onReject = (line, reason, detail) => {
    rejectedTotal += 1;
    if (rejected.length < MAX_REPORTED) rejected.push({ line, reason, ...(detail === undefined ? {} : { detail }) });
  };
  let accepted = 0;
  try {
    write(writer);
  } finally {
    accepted = writer.commit();
  }
  const ticket = new Ticket(slot, before, spooler.open);
  if (!ticket.isEmpty) await spooler.durable(ticket, soon);
  const { histograms, exemplars, logs } = writer;
  const counts = { samples: accepted - histograms - logs, histograms, exemplars, ...(logs > 0 ? { logs } : {}) };
  return { accepted, rejectedTotal, rejected, ...(byKind ? { counts } : {}) };
}

function writeBatch(writer: StreamWriter, { samples, stale, histograms, exemplars, metadata }: RecordBatch): void {
  writer.spelling = canonicalSpelling;
  for (const [i, key] of (samples?.keys ?? []).entries()) {
    const bytes = next(writer, key);
    const t = samples?.t[i] ?? Number.NaN;
    if (Number.isFinite(t)) writer.sample(bytes, 0, bytes.length, t, samples?.values[i] ?? Number.NaN);
    else writer.reject('bad_time');
  }
  for (const [i, key] of (stale?.keys ?? []).entries()) {
    const bytes = next(writer, key);
    writer.stale(bytes, 0, bytes.length, stale?.t[i] ?? Number.NaN);
  }
  for (const { key, t, histogram } of histograms ?? []) {
    const bytes = next(writer, key);
    writer.histogram(bytes, 0, bytes.length, t, histogram);
  }
  for (const { key, exemplar } of exemplars ?? []) {
    const bytes = Buffer.from(key);
    writer.exemplar(bytes, 0, bytes.length, exemplar);
  }
  for (const one of metadata ?? []) writer.metadata(one);
}

function next(writer: StreamWriter, key: string): Uint8Array {
  writer.position += 1;
  return Buffer.from(key);
}

function refuseIfClosed(parts: RequestParts, slot: number, records: () => number): void {
  const { reason } = parts.gate;
  if (reason === undefined || reason === 'overload') return;
  const { ledger } = parts.writers;
  ledger.reject(slot, reason, records());
  ledger.publish();
  if (reason === 'disk_full') {
    throw new AppError('disk_full', 'too little free space for the spool: free some, intake goes on by itself');
  }
  throw new AppError('unavailable', 'the spool is at its limit because the store is behind: send again later');
}
