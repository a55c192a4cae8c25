import type { PartStatus } from '#core/api/status.ts';
import type { Connection } from './connection.ts';

/** A PostgreSQL server that is ours or somebody else's, as far as keeping it up goes. */
export type Database = {
  readonly kind: 'embedded' | 'server';
  /** Resolves when it takes connections. */
  readonly start: () => Promise<Connection>;
  readonly stop: () => Promise<void>;
  readonly status: () => PartStatus;
  readonly processes: () => readonly { readonly name: string; readonly pid: number }[];
};
