import { parseDuration } from '#core/units/duration.ts';

/**
 * A span of time as written in the URL: `now`, `now-15m`, or milliseconds since the epoch as digits. Relative ends
 * stay relative, so that a copied link means "the last 15 minutes" to whoever opens it.
 */
export type TimeRange = { readonly from: string; readonly to: string };

/** A range resolved at one moment, ms since the epoch. */
export type Span = { readonly fromMs: number; readonly toMs: number };

/** What a page shows when the URL says nothing. */
export const DEFAULT_RANGE: TimeRange = { from: 'now-15m', to: 'now' };

const MIN_SPAN_MS = 1_000;
const MAX_SPAN_MS = 20 * 365 * 86_400_000;
const MAX_EPOCH_MS = 8.64e15;

/** The moment a written end means, ms since the epoch; undefined when it is none. */
export function momentOf(text: string, nowMs: number): number | undefined {
  if (text === 'now') return nowMs;
  if (text.startsWith('now-')) {
    const ago = parseDuration(text.slice(4));
    return ago === undefined ? undefined : nowMs - ago;
  }
  if (!/^\d{1,16}$/.test(text)) return undefined;
  const ms = Number(text);
  return ms <= MAX_EPOCH_MS ? ms : undefined;
}

/** True when both ends are readable and in order at any moment after. */
export function isTimeRange(range: TimeRange): boolean {
  const span = momentsOf(range, Date.UTC(2100, 0));
  return span !== undefined && span.toMs > span.fromMs;
}

/** Resolves a range; one that cannot be read is the default range. */
export function spanOf(range: TimeRange, nowMs: number): Span {
  const span = momentsOf(range, nowMs);
  if (span !== undefined && span.toMs > span.fromMs) return span;
  return momentsOf(DEFAULT_RANGE, nowMs) as Span;
}

/** True when the range ends now and moves with the clock. */
export function isLive(range: TimeRange): boolean {
  return range.to === 'now' && range.from.startsWith('now-');
}

/** The range that stands still at these moments. */
export function fixedRange({ fromMs, toMs }: Span): TimeRange {
  const from = Math.max(0, Math.round(fromMs));
  return { from: String(from), to: String(Math.max(from + MIN_SPAN_MS, Math.round(toMs))) };
}

/** The range of this length that ends now. */
export function liveRange(spanMs: number): TimeRange {
  return { from: `now-${durationText(spanMs)}`, to: 'now' };
}

/** The range of twice the length around the same middle; a live one stays live. */
export function zoomedOut(range: TimeRange, nowMs: number): TimeRange {
  const { fromMs, toMs } = spanOf(range, nowMs);
  const spanMs = Math.min(MAX_SPAN_MS, (toMs - fromMs) * 2);
  if (isLive(range)) return liveRange(spanMs);
  const middle = (fromMs + toMs) / 2;
  return fixedRange({ fromMs: middle - spanMs / 2, toMs: Math.min(middle + spanMs / 2, Math.max(nowMs, toMs)) });
}

/** The neighbouring range of the same length; a step that reaches the present goes live. */
export function stepped(range: TimeRange, direction: 1 | -1, nowMs: number): TimeRange {
  const { fromMs, toMs } = spanOf(range, nowMs);
  const spanMs = toMs - fromMs;
  if (direction === 1 && toMs + spanMs >= nowMs) return liveRange(spanMs);
  return fixedRange({ fromMs: fromMs + direction * spanMs, toMs: toMs + direction * spanMs });
}

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
] as const;

/** A duration in the largest unit that divides it: `90m`, `2h`, `1d`; at least `1s`. */
export function durationText(ms: number): string {
  const whole = Math.max(MIN_SPAN_MS, Math.round(ms / 1_000) * 1_000);
  for (const [unit, size] of UNITS) if (whole % size === 0) return `${whole / size}${unit}`;
  return `${whole / 1_000}s`;
}

function momentsOf({ from, to }: TimeRange, nowMs: number): Span | undefined {
  const fromMs = momentOf(from, nowMs);
  const toMs = momentOf(to, nowMs);
  return fromMs === undefined || toMs === undefined ? undefined : { fromMs, toMs };
}
