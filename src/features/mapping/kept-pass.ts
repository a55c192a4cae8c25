import { z } from 'zod';
import { type DocumentTables, readDocument, type StateDb, saveDocument } from '#storage/postgres/index.ts';

/** How far the pass of the rules of a version has come: the next start goes on there. */
export const KeptPass = z.object({
  /** The version of the rules; 0: no pass was ever begun. */
  rules: z.number().default(0),
  isDone: z.boolean().default(false),
  /** The last series that was seen; ids of 64 bits are text. */
  after: z.object({ family: z.number(), id: z.string() }).default({ family: -1, id: '0' }),
  seen: z.number().default(0),
  changed: z.number().default(0),
});
export type KeptPass = z.infer<typeof KeptPass>;

/** Where the progress is kept. */
export type PassKeeper = {
  readonly read: () => Promise<KeptPass>;
  readonly save: (pass: KeptPass) => Promise<void>;
};

const NAME = 'mapping-pass';

/** Keeps the progress in the state database. */
export function createPassKeeper(db: StateDb, now: () => number): PassKeeper {
  const documents = db.$extendTables<DocumentTables>();
  const stored = () => readDocument(documents, NAME, (content) => KeptPass.parse(content ?? {}));
  return {
    read: async () => (await stored()).content,
    save: async (content) => {
      const { version } = await stored();
      await saveDocument(documents, NAME, { version, content, by: '', now: now() });
    },
  };
}
