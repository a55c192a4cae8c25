import { z } from 'zod';
import { type AnyValue, MAX_ANY_VALUE_DEPTH, textOfAnyValue } from './any-value.ts';
import { type Attribute, millisecondsOf, type Temporality as Name, TEMPORALITIES } from './export-request.ts';

const INTEGER = /^-?\d+$/;

/** Protobuf's JSON writes 64-bit integers as text; senders also write numbers. */
const Integer64 = z.union([z.string().regex(INTEGER), z.number().refine(Number.isInteger, 'no integer')]);

/** A 64-bit integer as the nearest number. */
export const Integer = Integer64.transform(Number);

/** A double; NaN and the infinities are text. */
export const Double = z.union([
  z.number(),
  z
    .string()
    .regex(/^(?:NaN|-?Infinity|-?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?)$/)
    .transform(Number),
]);

/** Nanoseconds to ms; absent: 0. */
export const Milliseconds = Integer64.default('0').transform((nanoseconds) => millisecondsOf(BigInt(nanoseconds)));

/** The number of the enum; senders also write its name. */
export const Temporality = z.union([z.int(), z.string()]).default(0).transform(temporalityOf);

function temporalityOf(value: number | string): Name {
  if (typeof value === 'number') return TEMPORALITIES[value] ?? 'unspecified';
  const name = value.replace('AGGREGATION_TEMPORALITY_', '').toLowerCase();
  return TEMPORALITIES.find((known) => known === name) ?? 'unspecified';
}

const KeyValue = z.object({ key: z.string().default(''), value: z.unknown() });

/** A list of `KeyValue`, its values as text. */
export const Attributes = z
  .array(KeyValue.transform(({ key, value }): Attribute => [key, textOfAnyValue(anyValueOf(value, 0))]))
  .default([]);

const Wrapped = z.object({
  stringValue: z.string().optional(),
  boolValue: z.boolean().optional(),
  intValue: Integer64.optional(),
  doubleValue: Double.optional(),
  arrayValue: z.object({ values: z.array(z.unknown()).default([]) }).optional(),
  kvlistValue: z.object({ values: z.array(KeyValue).default([]) }).optional(),
  bytesValue: z.string().optional(),
});

/** The value in an `AnyValue`; one that is none, or too deep, counts as none. */
function anyValueOf(value: unknown, depth: number): AnyValue {
  const { data } = Wrapped.safeParse(value);
  if (data === undefined || depth > MAX_ANY_VALUE_DEPTH) return undefined;
  if (data.intValue !== undefined) return BigInt(data.intValue);
  if (data.arrayValue !== undefined) return data.arrayValue.values.map((inner) => anyValueOf(inner, depth + 1));
  if (data.kvlistValue !== undefined) {
    return Object.fromEntries(data.kvlistValue.values.map((pair) => [pair.key, anyValueOf(pair.value, depth + 1)]));
  }
  return data.stringValue ?? data.boolValue ?? data.doubleValue ?? data.bytesValue;
}
