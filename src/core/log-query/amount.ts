/** A number with what it counts: durations in seconds, sizes in bytes. */
export type LogAmount = { readonly value: number; readonly unit: 'number' | 'duration' | 'size' };

export const DURATION_SECONDS: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  min: 60,
  h: 3_600,
  d: 86_400,
  w: 604_800,
};

export const SIZE_BYTES: Readonly<Record<string, number>> = {
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40,
};

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
/** RE2 and JavaScript read it alike: number and unit, with at most one space between. */
export const WITH_UNIT = '^([+-]?[0-9]+(?:[.][0-9]+)?) ?([A-Za-zµ]+)$';
const AMOUNT = new RegExp(WITH_UNIT);

/** A plain decimal number, as the engine's `toFloat64OrNull` reads it. */
export function numberOf(text: string): number | undefined {
  if (!NUMBER.test(text)) return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

/** The amount a text of a query names: `500`, `1.5s`, `10kb`; undefined when it names none. */
export function parseAmount(text: string): LogAmount | undefined {
  const plain = numberOf(text);
  if (plain !== undefined) return { value: plain, unit: 'number' };
  const duration = withUnit(text, DURATION_SECONDS);
  if (duration !== undefined) return { value: duration, unit: 'duration' };
  const size = withUnit(text.toLowerCase(), SIZE_BYTES);
  return size === undefined ? undefined : { value: size, unit: 'size' };
}

/** The value of a field in the unit that it is compared in; plain numbers are in the unit that the field's name says. */
export function amountOf(text: string, field: string, unit: LogAmount['unit']): number | undefined {
  const plain = numberOf(text);
  if (unit === 'number') return plain;
  if (plain !== undefined) return unit === 'duration' ? plain * secondsOfField(field) : plain;
  return unit === 'duration' ? withUnit(text, DURATION_SECONDS) : withUnit(text.toLowerCase(), SIZE_BYTES);
}

/** Seconds that a plain number in a field stands for: `duration_ms` 0.001, `took` 1. */
export function secondsOfField(field: string): number {
  const unit = /(?:[_.-]|(?<=[a-z])(?=[A-Z]))(ms|msec|millis|us|usec|micros|ns|nanos)$/i
    .exec(field)?.[1]
    ?.toLowerCase();
  if (unit === undefined) return 1;
  return unit.startsWith('n') ? 1e-9 : unit.startsWith('u') || unit.startsWith('mic') ? 1e-6 : 1e-3;
}

function withUnit(text: string, units: Readonly<Record<string, number>>): number | undefined {
  const [, count = '', unit = ''] = AMOUNT.exec(text) ?? [];
  const factor = Object.hasOwn(units, unit) ? units[unit] : undefined;
  const value = numberOf(count);
  return factor === undefined || value === undefined ? undefined : value * factor;
}
