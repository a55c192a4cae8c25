import { z } from 'zod';

const UNIT_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  y: 31_536_000_000,
};

/** Milliseconds of a text like `500ms`, `1s`, `14d`, `1h30m`, `2y` (365 days); undefined when it is none. */
export function parseDuration(text: string): number | undefined {
  if (!/^(\d+(ms|[smhdwy]))+$/.test(text)) return undefined;
  let total = 0;
  for (const [, count, unit] of text.matchAll(/(\d+)(ms|[smhdwy])/g))
    total += Number(count) * (UNIT_MS[unit ?? ''] ?? 0);
  return total;
}

/** A config value that is a duration text; parsed to milliseconds. */
export const Duration = z.string().transform((text, context) => {
  const ms = parseDuration(text.trim());
  if (ms !== undefined) return ms;
  context.addIssue(`"${text}" is not a duration: write a number and a unit, like 500ms, 10s, 14d or 2y`);
  return z.NEVER;
});

/** The store counts times in 32 bits of seconds: what is kept longer than this is kept for ever. */
const LONGEST_MS = 50 * 31_536_000_000;

/** A config value that is how long something is kept: a duration text in ms, or `unlimited`, which is infinite. */
export const Lifetime = z.union([
  z.literal('unlimited').transform(() => Number.POSITIVE_INFINITY),
  Duration.refine((ms) => ms <= LONGEST_MS, 'this is longer than 50y: write "unlimited"'),
]);
