import { z } from 'zod';
import { Integer64 } from '#core/otlp/json-values.ts';
import { millisecondsOf, type Temporality as Name, TEMPORALITIES } from './export-request.ts';

/** A 64-bit integer as the nearest number. */
export const Integer = Integer64.transform(Number);

/** Nanoseconds to ms; absent: 0. */
export const Milliseconds = Integer64.default('0').transform((nanoseconds) => millisecondsOf(BigInt(nanoseconds)));

/** The number of the enum; senders also write its name. */
export const Temporality = z.union([z.int(), z.string()]).default(0).transform(temporalityOf);

function temporalityOf(value: number | string): Name {
  if (typeof value === 'number') return TEMPORALITIES[value] ?? 'unspecified';
  const name = value.replace('AGGREGATION_TEMPORALITY_', '').toLowerCase();
  return TEMPORALITIES.find((known) => known === name) ?? 'unspecified';
}
