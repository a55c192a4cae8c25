import { AppError } from '#core/errors.ts';
import type { Clock } from '#io/clock.ts';

/** Failures that cost nothing: people mistype. */
const FREE_FAILURES = 3;
const FIRST_DELAY_MS = 1_000;
const MAX_DELAY_MS = 60_000;
/** Failures are forgotten this long after the last one. */
const FORGET_MS = 15 * 60_000;
/** Waiting behind the running attempt of one address. */
const MAX_WAITING = 5;
const MAX_ADDRESSES = 10_000;

type Record = { failures: number; lastFailureAt: number; waiting: number; last: Promise<unknown> };

/** Slows down guessing: one attempt at a time per remote address, and a growing delay after failures. */
export type AttemptGate = {
  /**
   * Runs the attempt when its turn comes. One that throws `unauthenticated` or `forbidden` counts as a failure. Throws
   * `too_many_requests` when the address has to wait first.
   */
  readonly run: <T>(address: string, attempt: () => Promise<T>) => Promise<T>;
};

/** A gate with nothing remembered. */
export function createAttemptGate(clock: Clock): AttemptGate {
  const records = new Map<string, Record>();
  return {
    run: async (address, attempt) => {
      const key = networkOf(address);
      const record = records.get(key) ?? { failures: 0, lastFailureAt: 0, waiting: 0, last: Promise.resolve() };
      if (record.waiting >= MAX_WAITING) throw tooMany(FIRST_DELAY_MS);
      if (!records.has(key)) makeRoom(records, clock);
      records.set(key, record);
      record.waiting += 1;
      const turn = record.last.then(() => judge(record, attempt, clock));
      record.last = turn
        .catch(() => undefined)
        .finally(() => {
          record.waiting -= 1;
          if (record.waiting === 0 && record.failures === 0) records.delete(key);
        });
      return turn;
    },
  };
}

async function judge<T>(record: Record, attempt: () => Promise<T>, clock: Clock): Promise<T> {
  const sinceMs = clock.monotonic() - record.lastFailureAt;
  if (sinceMs > FORGET_MS) record.failures = 0;
  const waitMs = delayAfter(record.failures) - sinceMs;
  if (record.failures > 0 && waitMs > 0) throw tooMany(waitMs);
  try {
    const result = await attempt();
    record.failures = 0;
    return result;
  } catch (error) {
    if (error instanceof AppError && (error.code === 'unauthenticated' || error.code === 'forbidden')) {
      record.failures += 1;
      record.lastFailureAt = clock.monotonic();
    }
    throw error;
  }
}

function delayAfter(failures: number): number {
  return failures <= FREE_FAILURES ? 0 : Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** (failures - FREE_FAILURES - 1));
}

function tooMany(waitMs: number): AppError {
  const seconds = Math.ceil(waitMs / 1_000);
  const message = `too many failed attempts from this address: try again in ${seconds} s`;
  return new AppError('too_many_requests', message, { details: { retryAfterMs: Math.ceil(waitMs) } });
}

function makeRoom(records: Map<string, Record>, clock: Clock): void {
  if (records.size < MAX_ADDRESSES) return;
  for (const [key, { waiting, lastFailureAt }] of records) {
    if (waiting === 0 && clock.monotonic() - lastFailureAt > FORGET_MS) records.delete(key);
  }
  if (records.size >= MAX_ADDRESSES) throw tooMany(MAX_DELAY_MS);
}

/** An IPv6 subscriber has a /64 of addresses: they count as one. */
function networkOf(address: string): string {
  if (!address.includes(':') || address.includes('.')) return address.replace(/^::ffff:/i, '');
  const [head = '', tail] = address.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0');
  return [...left, ...zeros, ...right].slice(0, 4).join(':');
}
