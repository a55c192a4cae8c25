/** How numbers that stand for times are read; `auto`: seconds below 10^11 (the year 5138), milliseconds from there. */
export const INSTANT_UNITS = ['auto', 's', 'ms'] as const;
export type InstantUnit = (typeof INSTANT_UNITS)[number];

const FIRST_MILLISECONDS = 1e11;
const NUMBER = /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const ISO = /^[+-]?\d{4,6}-\d\d-\d\d/;

/**
 * Milliseconds since the epoch of a number (seconds or milliseconds), a text of one, or an ISO 8601 text (without a zone:
 * UTC). Undefined when it is no time.
 */
export function parseInstant(value: unknown, unit: InstantUnit = 'auto'): number | undefined {
  if (typeof value === 'number') return ofNumber(value, unit);
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  if (NUMBER.test(text)) return ofNumber(Number(text), unit);
  if (!ISO.test(text)) return undefined;
  const ms = Date.parse(withZone(text));
  return Number.isNaN(ms) ? undefined : ms;
}

function ofNumber(value: number, unit: InstantUnit): number | undefined {
  if (!Number.isFinite(value)) return undefined;
  const isSeconds = unit === 's' || (unit === 'auto' && Math.abs(value) < FIRST_MILLISECONDS);
  return Math.round(isSeconds ? value * 1_000 : value);
}

/** Dates alone are UTC to the parser, dates with times are not. */
function withZone(text: string): string {
  const iso = text.replace(/^(\S+) (?=\d)/, '$1T');
  return /T/i.test(iso) && !/(?:Z|[+-]\d\d:?\d\d)$/i.test(iso) ? `${iso}Z` : iso;
}
