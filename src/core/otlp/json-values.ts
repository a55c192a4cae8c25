import { z } from 'zod';
import { AppError, messageOf } from '../errors.ts';
import { type AnyValue, type Attribute, MAX_ANY_VALUE_DEPTH, textOfAnyValue } from './any-value.ts';

const INTEGER = /^-?\d+$/;

/** Protobuf's JSON writes 64-bit integers as text; senders also write numbers. */
export const Integer64 = z.union([z.string().regex(INTEGER), z.number().refine(Number.isInteger, 'no integer')]);

/** A double; NaN and the infinities are text. */
export const Double = z.union([
  z.number(),
  z
    .string()
    .regex(/^(?:NaN|-?Infinity|-?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?)$/)
    .transform(Number),
]);

const KeyValue = z.object({ key: z.string().default(''), value: z.unknown() });

/** An `AnyValue` as text. */
export const AnyValueText = z
  .unknown()
  .optional()
  .transform((value) => textOfAnyValue(anyValueOf(value, 0)));

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

const OPENERS = new Set(Buffer.from('{['));
/** Two bytes make an object, which takes hundreds in memory: more than these in one request are hostile. */
const MAX_OBJECTS = 2_000_000;

/** The value of a body in JSON. Throws `bad_request`, also for bodies that would take too much memory. */
export function parseJsonBody(bytes: Uint8Array): unknown {
  let objects = 0;
  for (const byte of bytes) if (OPENERS.has(byte)) objects += 1;
  if (objects > MAX_OBJECTS)
    throw new AppError('bad_request', `the body has more than ${MAX_OBJECTS} objects: send less at once`);
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8')) as unknown;
  } catch (error) {
    throw new AppError('bad_request', `the body is no JSON: ${messageOf(error)}`, { cause: error });
  }
}
