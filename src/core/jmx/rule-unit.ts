/** Units of rules (UCUM, as OpenTelemetry writes them): the base unit, and how many of it they are. */
const UNITS: Readonly<Record<string, readonly [base: string, factor: number]>> = {
  By: ['bytes', 1],
  kBy: ['bytes', 1e3],
  KiBy: ['bytes', 2 ** 10],
  MBy: ['bytes', 1e6],
  MiBy: ['bytes', 2 ** 20],
  GBy: ['bytes', 1e9],
  GiBy: ['bytes', 2 ** 30],
  d: ['seconds', 86_400],
  h: ['seconds', 3_600],
  min: ['seconds', 60],
  s: ['seconds', 1],
  ms: ['seconds', 1e-3],
  us: ['seconds', 1e-6],
  ns: ['seconds', 1e-9],
  '%': ['ratio', 0.01],
  Cel: ['celsius', 1],
};

/** The base unit of a figure and the factor to it; a unit in braces, as `{request}`, or an unknown one is a count. */
export function baseUnit(unit: string, sourceUnit: string, isGauge: boolean): { base: string; factor: number } {
  // A gauge of unit 1 is a fraction (OpenTelemetry's rules for Prometheus).
  const [base] = unit === '1' && isGauge ? ['ratio'] : (UNITS[unit] ?? ['']);
  const [from, factor] = UNITS[sourceUnit] ?? [base, 1];
  return { base, factor: from === base ? factor : 1 };
}
