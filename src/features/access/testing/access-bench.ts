import { pino } from 'pino';
import type { Event } from '#core/model/event.ts';
import { type Access, accessMigrations, createAccess } from '#features/access/index.ts';
import { type Clock, systemClock } from '#io/clock.ts';
import type { State } from '#storage/postgres/index.ts';
import { createScratch } from '#storage/postgres/scratch-state.ts';

/** The access feature over a real database, at a time that the test moves. */
export type AccessBench = {
  readonly state: State;
  readonly clock: Clock;
  /** Everything that was told, in order. */
  readonly events: Event[];
  readonly advance: (ms: number) => void;
  /** The feature as after a start; the database stays. */
  readonly create: () => Access;
  readonly end: () => Promise<void>;
};

/** Starts an empty database; it is 2026-01-01 UTC. */
export async function createAccessBench(): Promise<AccessBench> {
  const scratch = await createScratch();
  const state = scratch.create(accessMigrations);
  await state.start();
  let nowMs = Date.UTC(2026, 0, 1);
  let elapsedMs = 0;
  const clock: Clock = { now: () => nowMs, monotonic: () => elapsedMs, sleep: systemClock.sleep };
  const events: Event[] = [];
  const logger = pino({ level: 'silent' });
  const sink = { append: (event: Event) => void events.push(event) };
  return {
    state,
    clock,
    events,
    advance: (ms) => {
      nowMs += ms;
      elapsedMs += ms;
    },
    create: () => createAccess({ db: state.db, events: sink, clock, logger, version: '1.2.3', host: 'node-1' }),
    end: () => scratch.remove(),
  };
}
