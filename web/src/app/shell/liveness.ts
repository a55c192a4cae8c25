import type { LiveState } from '#web/data/live-client.ts';
import { formatAge } from '#web/format/duration.ts';

export type Liveness = {
  readonly level: 'good' | 'late' | 'bad' | 'idle';
  readonly text: string;
  readonly detail: string;
};

/** Series come each second: more than three missed ticks are late. */
const LATE_MS = 3_500;
const BAD_MS = 15_000;

/** What the header says of the live stream. Times in ms on the server's clock. */
export function liveness(state: LiveState, lastSampleAt: number | undefined, now: number): Liveness {
  if (state === 'closed' || state === 'connecting') {
    const age = lastSampleAt === undefined ? '' : ` ${formatAge(now - lastSampleAt)}`;
    return { level: 'bad', text: `Offline${age}`, detail: 'No live connection to the server; trying again' };
  }
  if (state === 'paused' || lastSampleAt === undefined) {
    return { level: 'idle', text: 'Connected', detail: 'Nothing on this page is watched live' };
  }
  const age = Math.max(0, now - lastSampleAt);
  const detail = `The newest sample on this page is ${formatAge(age)} old`;
  if (age <= LATE_MS) return { level: 'good', text: `Live ${formatAge(age)}`, detail };
  return { level: age <= BAD_MS ? 'late' : 'bad', text: `Stale ${formatAge(age)}`, detail };
}

/** When the data begins, if that is within a range of this length: its charts are shorter than asked for. All in ms. */
export function youngSince(firstSampleAt: number | undefined, spanMs: number, now: number): number | undefined {
  return firstSampleAt !== undefined && now - firstSampleAt < spanMs ? firstSampleAt : undefined;
}
