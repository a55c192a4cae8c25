import { isDigit, isLetter, type Scan } from './scan.ts';
import { abbreviatedOffset } from './zone.ts';

/** `Z`, `+02:00`, `-0700`, `+02`, ` UTC`, ` CEST`: minutes east of UTC, stepping over it; NaN (nothing read) where no zone is written. */
export function readZone(scan: Scan): number {
  const space = scan.peek() === 32 ? 1 : 0;
  const code = scan.peek(space);
  if (code === 43 || code === 45) return readOffset(scan, space);
  if (!isLetter(code)) return Number.NaN;
  let end = space + 1;
  while (isLetter(scan.peek(end)) && end < space + 6) end++;
  if (isDigit(scan.peek(end))) return Number.NaN;
  const minutes = abbreviatedOffset(scan.text.slice(scan.at + space, scan.at + end));
  if (minutes === undefined) return Number.NaN;
  scan.at += end;
  return minutes;
}

function readOffset(scan: Scan, space: number): number {
  const start = scan.at;
  const sign = scan.peek(space) === 45 ? -1 : 1;
  scan.at += space + 1;
  const hours = scan.number(2);
  if (scan.digits !== 2 || hours > 15) return back(scan, start);
  const colon = scan.peek() === 58 && isDigit(scan.peek(1)) ? 1 : 0;
  scan.at += colon;
  const minutes = scan.number(2);
  if (minutes >= 0 && scan.at - start < 5 + space + colon) return back(scan, start);
  return sign * (hours * 60 + Math.max(minutes, 0));
}

function back(scan: Scan, start: number): number {
  scan.at = start;
  return Number.NaN;
}
