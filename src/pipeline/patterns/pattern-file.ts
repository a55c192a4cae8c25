import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { PatternId, PatternOrders } from '#core/api/log-patterns.ts';
import { writeDurably } from '#io/write-durably.ts';
import type { PatternMiner } from './pattern-miner.ts';

const Word = z.number().int().min(0).max(0xffffffff);
const Content = z.strictObject({
  services: z.array(z.strictObject({ name: z.string(), first: z.number(), last: z.number() })),
  patterns: z.array(
    z.strictObject({
      id: PatternId,
      service: z.string(),
      words: z.array(z.string()),
      hashes: z.array(Word),
      count: z.number(),
      first: z.number(),
      last: z.number(),
      isOther: z.boolean(),
      splitFrom: PatternId.optional(),
    }),
  ),
  aliases: z.array(z.tuple([PatternId, PatternId])),
  orders: PatternOrders,
});

/** Where the patterns of log lines lie beside a spool. */
export const patternFileOf = (spoolDirectory: string): string => `${spoolDirectory}.log-patterns.json`;

/** Hands what an earlier process knew to the miner. A file that is absent, broken or of another release is nothing known. */
export async function readPatterns(path: string, miner: PatternMiner): Promise<void> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const { data } = Content.safeParse(parsed(text));
  if (data === undefined) return;
  for (const [from, to] of data.aliases) miner.aliases.set(from, to);
  miner.orders = data.orders;
  miner.restore(data.patterns, data.services);
}

/** Writes down what the miner knows. */
export async function writePatterns(path: string, miner: PatternMiner): Promise<void> {
  // A pattern without a line has no times yet.
  const patterns = [...miner.live].filter(({ count }) => count > 0);
  const content: z.input<typeof Content> = {
    services: [...miner.services]
      .filter(({ last }) => last > 0)
      .map(({ name, first, last }) => ({ name, first, last })),
    patterns: patterns.map(({ id, service, words, hashes, count, first, last, isOther, splitFrom }) => ({
      ...{ id, service, words: [...words], hashes: [...hashes], count, first, last, isOther },
      ...(splitFrom === undefined ? {} : { splitFrom }),
    })),
    aliases: [...miner.aliases],
    orders: miner.orders,
  };
  await writeDurably(path, JSON.stringify(content));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
