import { AppError } from '#core/errors.ts';
import type { ReaderFactory, ReaderLimits } from '#core/plugin/input.ts';
import type { RejectedRecord, TextAnswer, ToThread } from '#pipeline/protocol.ts';
import type { Gate } from './gate.ts';
import { StreamWriter, type WriterParts } from './sample-writer.ts';
import type { Sources } from './sources.ts';
import type { Spooler } from './spooler.ts';
import { Ticket } from './ticket.ts';

export type RequestParts = {
  readonly writers: WriterParts;
  readonly spooler: Spooler;
  readonly gate: Gate;
  readonly sources: Sources;
  readonly formats: ReadonlyMap<string, ReaderFactory>;
  readonly limits: ReaderLimits;
};

type Request<Kind extends ToThread['kind']> = Extract<ToThread, { kind: Kind }>;

const MAX_REPORTED = 100;
const NEWLINE = 0x0a;

/** Takes a body of text from a sender who waits. Resolves when it is durable; throws `disk_full` or `unavailable`. */
export async function takeText(parts: RequestParts, request: Request<'text'>): Promise<TextAnswer> {
  const factory = parts.formats.get(request.format);
  if (factory === undefined) throw new AppError('bad_request', `no input reads the format "${request.format}"`);
  refuseIfClosed(parts, request.slot, () => countLines(request.bytes));
  const { batches } = parts.writers;
  const before = new Map(batches.all.map((batch) => [batch, batch.rows]));
  const writer = new StreamWriter(parts.writers, request.slot, parts.sources.of(request.slot, request.source));
  const rejected: RejectedRecord[] = [];
  let rejectedTotal = 0;
  writer.onReject = (line, reason) => {
    rejectedTotal += 1;
    if (rejected.length < MAX_REPORTED) rejected.push({ line, reason });
  };
  const reader = factory(writer, parts.limits);
  let accepted = 0;
  try {
    reader.read(request.bytes);
    reader.end();
  } finally {
    accepted = writer.commit();
  }
  if (accepted > 0) await parts.spooler.durable(new Ticket(request.slot, before, batches.all), true);
  return { accepted, rejectedTotal, rejected };
}

/** Takes samples of the product itself. Resolves when they are durable; throws `disk_full` or `unavailable`. */
export async function takeSamples(parts: RequestParts, request: Request<'samples'>): Promise<TextAnswer> {
  refuseIfClosed(parts, request.slot, () => request.keys.length);
  const { batches } = parts.writers;
  const before = new Map(batches.all.map((batch) => [batch, batch.rows]));
  const writer = new StreamWriter(parts.writers, request.slot, parts.sources.of(request.slot, ''));
  for (const [i, key] of request.keys.entries()) {
    const bytes = Buffer.from(key);
    writer.position = i + 1;
    writer.sample(bytes, 0, bytes.length, request.t, request.values[i] ?? Number.NaN);
  }
  const accepted = writer.commit();
  if (accepted > 0) await parts.spooler.durable(new Ticket(request.slot, before, batches.all), false);
  return { accepted, rejectedTotal: request.keys.length - accepted, rejected: [] };
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

function countLines(bytes: Uint8Array): number {
  let lines = bytes.length > 0 && bytes.at(-1) !== NEWLINE ? 1 : 0;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) lines += 1;
  return lines;
}
