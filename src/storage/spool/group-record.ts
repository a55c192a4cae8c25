import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeDurably } from '#io/write-durably.ts';

const NAME = 'group.json';

const Group = z.object({ token: z.string(), ids: z.array(z.string()) });

/** Files of one table, by id, that go into the store with one insert, under one deduplication token. */
export type SpoolGroup = z.infer<typeof Group>;

/**
 * Which files go in together, on disk before it is tried: after a crash the same files go in again under the same token,
 * whatever else waits by then.
 */
export type GroupRecord = {
  /** The group that was begun last; it may be in the store already. */
  readonly begun: () => Promise<SpoolGroup | undefined>;
  /** Durable when it resolves. */
  readonly begin: (group: SpoolGroup) => Promise<void>;
  /** Its files go in one by one instead. Durable when it resolves. */
  readonly dissolve: () => Promise<void>;
};

/** The record of one table in the spool below `directory`. */
export function groupRecord(directory: string, table: string): GroupRecord {
  const path = join(directory, table, NAME);
  return {
    begun: async () => {
      const text = await readFile(path, 'utf8').catch(() => undefined);
      return text === undefined ? undefined : Group.parse(JSON.parse(text));
    },
    begin: (group) => writeDurably(path, JSON.stringify(group)),
    dissolve: () => writeDurably(path, JSON.stringify({ token: '', ids: [] })),
  };
}
