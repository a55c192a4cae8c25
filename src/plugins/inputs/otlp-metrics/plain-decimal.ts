const EXPONENT = /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/;

/** A number as the label `le` or `quantile` has it: the shortest decimal that is read back as the same, no exponent. */
export function plainDecimal(value: number): string {
  if (value === Infinity) return '+Inf';
  if (value === -Infinity) return '-Inf';
  const [, sign, whole = '', fraction = '', exponent = '0'] = EXPONENT.exec(String(value)) ?? [];
  if (sign === undefined) return String(value);
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  return `${sign}${digits.padEnd(point, '0')}`;
}
