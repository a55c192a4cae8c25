import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { systemClock } from '#io/clock.ts';
import type { Migrations } from './migrate.ts';
import { createState, type State } from './state.ts';

/** A folder for tests and what makes states in it. */
export type Scratch = {
  readonly dataDir: string;
  /** A state over this folder, not started. */
  readonly create: (migrations?: Migrations, url?: string) => State;
  /** Stops every state made here and removes the folder. */
  readonly remove: () => Promise<void>;
};

/** A temporary data directory with a real PostgreSQL, for tests. */
export async function createScratch(): Promise<Scratch> {
  const dataDir = await mkdtemp(join(tmpdir(), 'nocmate-state-'));
  const states: State[] = [];
  return {
    dataDir,
    create: (migrations = {}, url) => {
      const state = createState({ dataDir, url, migrations, clock: systemClock, logger: pino({ level: 'silent' }) });
      states.push(state);
      return state;
    },
    remove: async () => {
      for (const state of states) await state.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
