import { RE2JS, RE2JSException } from 're2js';
import { z } from 'zod';
import { Duration } from '#core/units/duration-option.ts';

const DEFAULT_STEP_SECONDS = 60;

const Pattern = z.string().refine(isRe2, 'is no RE2 regular expression');
const Step = Duration.refine((ms) => ms >= 1000 && ms % 1000 === 0, 'must be whole seconds, at least 1s');

/** One rule of carbon's `storage-schemas.conf`: series whose name contains a match have a point every `step` ms. */
export const StorageSchema = z.strictObject({ pattern: Pattern, step: Step });
export type StorageSchema = z.infer<typeof StorageSchema>;

/** The `graphite` section: what the Graphite API needs to know that carbon has in its files. */
export const GraphiteConfig = z.strictObject({
  /**
   * Steps by name, the first match counts, as in carbon; a tagged series is named `name;tag=value`. Series that no
   * pattern matches have a step of 60 s. Denser data is answered at its own finer interval, sparser data at the step
   * with nulls between.
   */
  schemas: z.array(StorageSchema).max(1_000).default([]),
});
export type GraphiteConfig = z.infer<typeof GraphiteConfig>;

function isRe2(pattern: string): boolean {
  try {
    RE2JS.compile(pattern);
    return true;
  } catch (error) {
    if (error instanceof RE2JSException) return false;
    throw error;
  }
}

/** The step in seconds that the schemas give a series by its name. */
export function stepBySchema(schemas: readonly StorageSchema[]): (name: string) => number {
  const rules = schemas.map(({ pattern, step }) => ({ pattern: RE2JS.compile(pattern), seconds: step / 1000 }));
  return (name) => rules.find(({ pattern }) => pattern.matcher(name).find())?.seconds ?? DEFAULT_STEP_SECONDS;
}
