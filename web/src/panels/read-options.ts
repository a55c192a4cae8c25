import type { z } from 'zod';

/**
 * Reads stored options by a panel's schema. What is wrong (another version, an import) falls back to the defaults, so
 * that a panel always shows something; what is unknown is left alone in the store.
 */
export function readOptions<Schema extends z.ZodObject>(
  schema: Schema,
  stored: Readonly<Record<string, unknown>>,
): z.infer<Schema> {
  const whole = schema.safeParse(stored);
  if (whole.success) return whole.data;
  const bad = new Set(whole.error.issues.map(({ path }) => path[0]));
  const kept = Object.fromEntries(Object.entries(stored).filter(([key]) => !bad.has(key)));
  return schema.parse(kept);
}
