import type { LogRuleStep } from '#core/api/log-rules.ts';
import { compileRe2 } from '#parsing/re2-pattern.ts';
import { hideAll } from './bounded-text.ts';
import { readPart, writePart } from './record-parts.ts';
import type { RunStep } from './run-step.ts';

type Hide = (text: string) => string;

/** Hides what must not be stored: card numbers (Luhn), mail addresses, the last byte of IPv4, secrets, and a pattern of one's own. */
export function compileMask(step: Extract<LogRuleStep, { type: 'mask' }>): RunStep {
  const hides: Hide[] = step.what.map((what) => HIDES[what](step.with));
  if (step.pattern !== undefined) {
    const pattern = compileRe2(step.pattern);
    hides.push((text) => hideAll(pattern, text, step.with));
  }
  return (draft) => {
    for (const name of step.fields) {
      const value = readPart(draft, name);
      if (value === undefined) continue;
      const hidden = hides.reduce((text, hide) => hide(text), value);
      if (hidden !== value) writePart(draft, name, hidden);
    }
    return true;
  };
}

const CARD = /\b\d(?:[ -]?\d){12,18}\b/g;
const EMAIL = /[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}/g;
const IPV4 = /\b(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}\b/g;
const SECRET =
  /((?:password|passwd|pwd|secret|token|api[_-]?key|access[_-]?key|authorization|auth)["']?\s{0,4}[=:]\s{0,4}["']?(?:Bearer |Basic )?)[^\s"'&,;]{1,4096}/gi;

const HIDES: Readonly<Record<'card' | 'email' | 'ipv4' | 'secret', (mask: string) => Hide>> = {
  card: (mask) => (text) => text.replace(CARD, (found) => (isLuhn(found) ? mask : found)),
  email: (mask) => (text) => (text.includes('@') ? text.replace(EMAIL, () => mask) : text),
  ipv4: () => (text) => text.replace(IPV4, '$1.0'),
  secret: (mask) => (text) => text.replace(SECRET, (_, name: string) => name + mask),
};

function isLuhn(text: string): boolean {
  const digits = text.replace(/\D/g, '');
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]) * (i % 2 === 0 ? 1 : 2);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum % 10 === 0 && !/^0+$/.test(digits);
}
