import { isDigit, type Scan } from './scan.ts';

/** Ms of an epoch in s, ms, µs or ns, told by its number of digits, with a fraction; NaN for other numbers. */
export function readEpoch(scan: Scan, start: number, digits: number): number {
  if (digits < 9 || digits > 19) return Number.NaN;
  const whole = Number(scan.text.slice(start, scan.at));
  let fraction = 0;
  if (scan.peek() === 46 && isDigit(scan.peek(1))) {
    scan.at++;
    fraction = scan.fractionMs() / 1000;
  }
  return epochMs(whole + fraction);
}

/** Ms of an epoch whose unit (s, ms, µs, ns) is told by its size: each spans the years 1973–5138 in s. */
export function epochMs(value: number): number {
  const size = Math.abs(value);
  if (size < 1e11) return Math.round(value * 1e6) / 1000;
  if (size < 1e14) return value;
  if (size < 1e17) return value / 1e3;
  return Math.round(value / 1e3) / 1e3;
}
