/** `%g` of printf: six significant digits, no trailing zeros. */
export function formatG(value: number, precision = 6): string {
  if (!Number.isFinite(value)) return nonFinite(value);
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const [mantissa = '', exponentText = '0'] = value.toExponential(precision - 1).split('e');
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= precision) return `${trimZeros(mantissa)}e${exponentDigits(exponent)}`;
  return trimZeros(value.toFixed(precision - 1 - exponent));
}

/** A float as Python prints it: shortest that reads back, `300.0`, `1e-05`, `1e+16`. */
export function formatFloat(value: number): string {
  if (!Number.isFinite(value)) return nonFinite(value);
  const [mantissa = '', exponentText = '0'] = value.toExponential().split('e');
  const exponent = Number(exponentText);
  if (value !== 0 && (exponent < -4 || exponent >= 16)) return `${mantissa}e${exponentDigits(exponent)}`;
  const plain = Object.is(value, -0) ? '-0' : plainDecimal(value);
  return plain.includes('.') ? plain : `${plain}.0`;
}

/** `%d` of printf. */
export function formatD(value: number): string {
  return Number.isFinite(value) ? BigInt(Math.trunc(value)).toString() : nonFinite(value);
}

function plainDecimal(value: number): string {
  const text = String(value);
  if (!text.includes('e')) return text;
  const [mantissa = '', exponent = '0'] = value.toExponential().split('e');
  return value.toFixed(mantissa.replace(/[-.]/g, '').length - 1 - Number(exponent));
}

function trimZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

function exponentDigits(exponent: number): string {
  return (exponent < 0 ? '-' : '+') + String(Math.abs(exponent)).padStart(2, '0');
}

function nonFinite(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  return value > 0 ? 'inf' : '-inf';
}

/** Prefixes of the unit systems that legends know, largest first. */
const UNIT_SYSTEMS = {
  binary: { base: 1024, prefixes: ['Pi', 'Ti', 'Gi', 'Mi', 'Ki'] },
  si: { base: 1000, prefixes: ['P', 'T', 'G', 'M', 'k'] },
} as const;

/** Names of unit systems. */
export type UnitSystem = keyof typeof UNIT_SYSTEMS;

/** True for `si` and `binary`. */
export function isUnitSystem(name: string): name is UnitSystem {
  return Object.hasOwn(UNIT_SYSTEMS, name);
}

/** A number scaled to the largest prefix that it reaches, and that prefix. */
export function scaleUnits(value: number, system: UnitSystem): readonly [number, string] {
  const { base, prefixes } = UNIT_SYSTEMS[system];
  for (const [index, prefix] of prefixes.entries()) {
    const size = base ** (prefixes.length - index);
    if (Math.abs(value) >= size) return [value / size, prefix];
  }
  return [value, ''];
}
