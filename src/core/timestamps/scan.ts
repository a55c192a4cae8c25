/** A place in a text that is read from left to right; numbers are read without making strings of them. */
export class Scan {
  text = '';
  at = 0;
  /** How many digits the last number had. */
  digits = 0;

  /** Code at `at + ahead`, NaN past the end. */
  peek(ahead = 0): number {
    return this.text.charCodeAt(this.at + ahead);
  }

  /** Steps over `code` if it stands here. */
  skip(code: number): boolean {
    if (this.text.charCodeAt(this.at) !== code) return false;
    this.at++;
    return true;
  }

  skipSpaces(): void {
    while (this.text.charCodeAt(this.at) === 32) this.at++;
  }

  /** Up to `max` digits; -1 when none stands here. */
  number(max: number): number {
    let value = 0;
    let count = 0;
    while (count < max) {
      const digit = this.text.charCodeAt(this.at + count) - 48;
      if (!(digit >= 0 && digit <= 9)) break;
      value = value * 10 + digit;
      count++;
    }
    this.at += count;
    this.digits = count;
    return count === 0 ? -1 : value;
  }

  /** Digits of a fraction of a second as ms, kept to the microsecond. */
  fractionMs(): number {
    let micros = 0;
    let count = 0;
    for (; ; this.at++) {
      const digit = this.text.charCodeAt(this.at) - 48;
      if (!(digit >= 0 && digit <= 9)) break;
      if (count < 6) micros = micros * 10 + digit;
      count++;
    }
    for (let i = count; i < 6; i++) micros *= 10;
    return micros / 1000;
  }
}

/** `HH:MM[:SS[.frac]]` with `AM`/`PM` after it; ms of the day, or -1. A comma parts a fraction as well. */
export function readClock(scan: Scan): number {
  const hours = scan.number(2);
  if (hours < 0 || hours > 24 || !scan.skip(58)) return -1;
  const minutes = scan.number(2);
  if (scan.digits !== 2 || minutes > 59) return -1;
  let ms = (hours * 60 + minutes) * 60_000;
  if (scan.peek() === 58 && isDigit(scan.peek(1))) {
    scan.at++;
    const seconds = scan.number(2);
    if (seconds > 60) return -1;
    ms += seconds * 1000;
    const dot = scan.peek();
    if ((dot === 46 || dot === 44 || dot === 58) && isDigit(scan.peek(1))) {
      scan.at++;
      ms += scan.fractionMs();
    }
  }
  return ms + halfDay(scan, hours);
}

function halfDay(scan: Scan, hours: number): number {
  const at = scan.peek() === 32 ? 1 : 0;
  const half = scan.peek(at) | 32;
  if ((scan.peek(at + 1) | 32) !== 109 || (half !== 97 && half !== 112) || isLetter(scan.peek(at + 2))) return 0;
  scan.at += at + 2;
  if (half === 112) return hours < 12 ? 43_200_000 : 0;
  return hours === 12 ? -43_200_000 : 0;
}

/** Whether a code is an ASCII digit. */
export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** Whether a code is an ASCII letter. */
export function isLetter(code: number): boolean {
  const lower = code | 32;
  return lower >= 97 && lower <= 122;
}
