import { z } from 'zod';
import { parseDuration } from './duration.ts';

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
