const SI = [
  [1e15, 'P'],
  [1e12, 'T'],
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'K'],
] as const;
const BINARY = [
  [2 ** 50, 'Pi'],
  [2 ** 40, 'Ti'],
  [2 ** 30, 'Gi'],
  [2 ** 20, 'Mi'],
  [2 ** 10, 'Ki'],
] as const;

/** A number as axes and legends show it: four digits and a prefix of its unit system. */
export function axisNumber(value: number, unit: 'si' | 'binary' | 'none' = 'si'): string {
  if (Number.isNaN(value)) return '–';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const prefixes = unit === 'none' ? [] : unit === 'binary' ? BINARY : SI;
  const [factor, prefix] = prefixes.find(([least]) => Math.abs(value) >= least) ?? [1, ''];
  const scaled = value / factor;
  const text =
    Math.abs(scaled) >= 1e6 || (scaled !== 0 && Math.abs(scaled) < 1e-4) ? scaled.toPrecision(4) : fixed(scaled);
  return text.replace('-', '−') + prefix;
}

function fixed(value: number): string {
  return String(Number(value.toPrecision(4)));
}
