import type { Resolution } from '#core/api/query.ts';
import { chooseStep } from '#core/series-math/grid.ts';

const DAY_MS = 86_400_000;

/** How long each table keeps its rows, ms. */
export type Retention = { readonly raw: number; readonly fiveMinutes: number };

/** Retention as the schema of the store sets it. */
export const SCHEMA_RETENTION: Retention = { raw: 14 * DAY_MS, fiveMinutes: 180 * DAY_MS };

/** Width of one row of each table, ms; raw samples have no width of their own. */
export const WIDTH: Readonly<Record<Resolution, number>> = { raw: 0, '5m': 300_000, '1h': 3_600_000 };

export type Plan = { readonly resolution: Resolution; readonly step: number };

type Span = { readonly from: number; readonly to: number; readonly maxPoints: number };

/**
 * The table and the step of a range: the coarsest table that still has a row for every step, but none that no longer
 * keeps the beginning. `atLeast` is the finest table allowed.
 */
export function planRange(span: Span, now: number, retention: Retention, atLeast: Resolution = 'raw'): Plan {
  const kept = finestKept(span.from, now, retention);
  const finest = WIDTH[kept] > WIDTH[atLeast] ? kept : atLeast;
  const step = chooseStep(span.from, span.to, span.maxPoints, Math.max(1000, WIDTH[finest]));
  return { resolution: step >= WIDTH['1h'] ? '1h' : step >= WIDTH['5m'] ? '5m' : 'raw', step };
}

/** The finest table that still keeps rows of this time. */
export function finestKept(from: number, now: number, retention: Retention): Resolution {
  const age = now - from;
  return age > retention.fiveMinutes ? '1h' : age > retention.raw ? '5m' : 'raw';
}

/** The next coarser table. */
export function coarser(resolution: Resolution): Resolution | undefined {
  return resolution === 'raw' ? '5m' : resolution === '5m' ? '1h' : undefined;
}
