import { z } from 'zod';
import { parseDuration } from '#core/units/duration.ts';
import { parseSize } from '#core/units/size.ts';

/** Text; numbers and truth values of the YAML stand for their spelling. */
export const Text = z.union([z.string(), z.number(), z.boolean()]).transform(String);

/** A duration as Prometheus writes it (`30s`, `1m30s`, `0`); parsed to ms. */
export const PrometheusDuration = z.union([z.string(), z.literal(0)]).transform((value, context) => {
  const ms = value === 0 || value === '0' ? 0 : parseDuration(value);
  if (ms !== undefined) return ms;
  context.addIssue(`"${value}" is not a duration: write a number and a unit, like 15s or 1m`);
  return z.NEVER;
});

/** A size as Prometheus writes it (`10MB` = 10 · 2^20 bytes, `0` = no limit); parsed to bytes. */
export const PrometheusSize = z.union([z.string(), z.literal(0)]).transform((value, context) => {
  const bytes = value === 0 ? 0 : parseSize(value.replace(/([kmgt])b$/i, '$1ib'));
  if (bytes !== undefined) return bytes;
  context.addIssue(`"${value}" is not a size: write a number and KB, MB or GB`);
  return z.NEVER;
});

/** A limit of Prometheus: 0 = none. */
export const Limit = z.number().int().min(0).default(0);

/** A setting that Prometheus has and this product has not: refused with a sentence that says what to do. */
export function unsupported(sentence: string) {
  return z
    .unknown()
    .optional()
    .refine((value) => value === undefined, sentence);
}
