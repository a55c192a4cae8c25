import { z } from 'zod';
import { CollectError } from '#core/plugin/collect-error.ts';

const Counter = z.looseObject({ value: z.union([z.number(), z.bigint()]) });
/** Version 1 has a room for the counters; before Varnish 6.5 they stand beside the time. */
const Statistics = z.looseObject({ timestamp: z.string(), counters: z.record(z.string(), z.unknown()).optional() });

/** The counters in what `varnishstat -j` writes, exact to 64 bits. Throws `protocol` for another text. */
export function readCounters(text: string): ReadonlyMap<string, bigint> {
  const parsed = Statistics.safeParse(jsonOf(text));
  if (!parsed.success) {
    const begin = JSON.stringify(text.slice(0, 60));
    throw new CollectError('protocol', `this is not what varnishstat writes; it begins with ${begin}`);
  }
  const { counters = parsed.data } = parsed.data;
  return new Map(
    Object.entries(counters).flatMap(([name, counter]) => {
      const { data } = Counter.safeParse(counter);
      return data === undefined ? [] : [[name, BigInt(data.value)] as const];
    }),
  );
}

/** The bits of probes use all 64: a number would lose the last of them, which is the one that counts. */
function jsonOf(text: string): unknown {
  const exact = (key: string, value: unknown, { source }: { source?: string }): unknown =>
    key === 'value' && /^\d+$/.test(source ?? '') ? BigInt(source ?? '') : value;
  try {
    return JSON.parse(text, exact as Parameters<typeof JSON.parse>[1]);
  } catch {
    return undefined;
  }
}
