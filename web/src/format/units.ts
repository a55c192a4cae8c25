/** One readable multiple of a base unit: values are divided by `divisor` and written with `suffix`. */
export type UnitScale = { readonly divisor: number; readonly suffix: string };

const KIBI = 1024;
const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;

/** From large to small; the first whose divisor is at most the magnitude is used, else the last. */
const BYTES = multiples(KIBI, ['TiB', 'GiB', 'MiB', 'KiB', 'B']);
const BYTE_RATES = multiples(KIBI, ['TiB/s', 'GiB/s', 'MiB/s', 'KiB/s', 'B/s']);
const DECIMAL_BYTES = multiples(1_000, ['TB', 'GB', 'MB', 'kB', 'B']);
const DECIMAL_BYTE_RATES = multiples(1_000, ['TB/s', 'GB/s', 'MB/s', 'kB/s', 'B/s']);
const BITS = multiples(1_000, ['Tb', 'Gb', 'Mb', 'kb', 'b']);
const BIT_RATES = multiples(1_000, ['Tb/s', 'Gb/s', 'Mb/s', 'kb/s', 'b/s']);
const HERTZ = multiples(1_000, ['GHz', 'MHz', 'kHz', 'Hz']);
const COUNTS = multiples(1_000, ['T', 'G', 'M', 'k', '']);
const RATES = multiples(1_000, ['G/s', 'M/s', 'k/s', '/s']);
const MINUTE_RATES = multiples(1_000, ['G/min', 'M/min', 'k/min', '/min']);
const SECONDS: readonly UnitScale[] = [
  { divisor: DAY, suffix: 'd' },
  { divisor: HOUR, suffix: 'h' },
  { divisor: MINUTE, suffix: 'min' },
  { divisor: 1, suffix: 's' },
  { divisor: 1e-3, suffix: 'ms' },
  { divisor: 1e-6, suffix: 'µs' },
  { divisor: 1e-9, suffix: 'ns' },
];

const UNITS: Readonly<Record<string, readonly UnitScale[]>> = {
  '': COUNTS,
  bytes: BYTES,
  bytes_per_second: BYTE_RATES,
  decimal_bytes: DECIMAL_BYTES,
  decimal_bytes_per_second: DECIMAL_BYTE_RATES,
  bits: BITS,
  bits_per_second: BIT_RATES,
  per_second: RATES,
  per_minute: MINUTE_RATES,
  hertz: HERTZ,
  seconds: SECONDS,
  milliseconds: durations(1e-3),
  microseconds: durations(1e-6),
  nanoseconds: durations(1e-9),
  minutes: durations(MINUTE),
  hours: durations(HOUR),
  days: durations(DAY),
  ratio: [{ divisor: 0.01, suffix: '%' }],
  percent: [{ divisor: 1, suffix: '%' }],
  celsius: [{ divisor: 1, suffix: '°C' }],
  volts: [{ divisor: 1, suffix: 'V' }],
  watts: [{ divisor: 1, suffix: 'W' }],
  rpm: [{ divisor: 1, suffix: 'rpm' }],
};

/** Units that an editor offers, with what they are called. */
export const KNOWN_UNITS: readonly { readonly value: string; readonly label: string }[] = [
  { value: '', label: 'Number' },
  { value: 'ratio', label: 'Percent of 0..1' },
  { value: 'percent', label: 'Percent of 0..100' },
  { value: 'bytes', label: 'Bytes' },
  { value: 'bytes_per_second', label: 'Bytes per second' },
  { value: 'decimal_bytes', label: 'Bytes (multiples of 1000)' },
  { value: 'decimal_bytes_per_second', label: 'Bytes per second (multiples of 1000)' },
  { value: 'bits', label: 'Bits' },
  { value: 'bits_per_second', label: 'Bits per second' },
  { value: 'per_second', label: 'Per second' },
  { value: 'per_minute', label: 'Per minute' },
  { value: 'seconds', label: 'Duration (seconds)' },
  { value: 'milliseconds', label: 'Duration (milliseconds)' },
  { value: 'microseconds', label: 'Duration (microseconds)' },
  { value: 'nanoseconds', label: 'Duration (nanoseconds)' },
  { value: 'minutes', label: 'Duration (minutes)' },
  { value: 'hours', label: 'Duration (hours)' },
  { value: 'days', label: 'Duration (days)' },
  { value: 'hertz', label: 'Hertz' },
  { value: 'celsius', label: 'Celsius' },
  { value: 'volts', label: 'Volts' },
  { value: 'watts', label: 'Watts' },
  { value: 'rpm', label: 'Rotations per minute' },
];

/** The multiple of a base unit in which a value of this magnitude reads best; an unknown unit is its own suffix. */
export function unitScale(unit: string, magnitude: number): UnitScale {
  const scales = UNITS[unit];
  if (scales === undefined) return { divisor: 1, suffix: unit };
  const size = Math.abs(magnitude);
  if (size === 0 && scales.some(({ suffix }) => suffix === 'µs'))
    return scales.find(({ suffix }) => suffix === 's') as UnitScale;
  return scales.find(({ divisor }) => size >= divisor) ?? (scales.at(-1) as UnitScale);
}

/** True when ticks of an axis of this unit belong on powers of two. */
export function isBinaryUnit(unit: string): boolean {
  return unit === 'bytes' || unit === 'bytes_per_second';
}

/** Multiples of a duration that is counted in so many seconds. */
function durations(unitSeconds: number): readonly UnitScale[] {
  return SECONDS.map(({ divisor, suffix }) => ({ divisor: divisor / unitSeconds, suffix }));
}

function multiples(base: number, suffixes: readonly string[]): readonly UnitScale[] {
  return suffixes.map((suffix, index) => ({ divisor: base ** (suffixes.length - 1 - index), suffix }));
}
