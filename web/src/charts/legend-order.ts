import { useEffect, useMemo, useRef, useState } from 'react';
import type { ChartSeries } from './chart-data.ts';
import type { ChartHandle } from './chart-handle.ts';
import { meanOf } from './statistics.ts';

/** Entries change places seldom, and never while somebody points at them. */
const SETTLED_MS = 30_000;

/** Indexes of the lines, the greatest mean first: what a short legend should name. */
export function greatestFirst(values: readonly Float64Array[], count: number): readonly number[] {
  const means = Array.from({ length: count }, (_, index) => meanOf(values[index] ?? new Float64Array(0)));
  return means.map((_, index) => index).sort((a, b) => (means[b] as number) - (means[a] as number) || a - b);
}

export type LegendOrderWish = {
  readonly series: readonly ChartSeries[];
  /** The order of the series is kept. */
  readonly sorted: boolean;
  /** Somebody is using the legend. */
  readonly isBusy: () => boolean;
};

/** The order of a legend's entries: the greatest first, unless the series are in an order of their own. */
export function useLegendOrder(handle: ChartHandle, { series, sorted, isBusy }: LegendOrderWish): readonly number[] {
  const [order, setOrder] = useState<readonly number[]>([]);
  const busy = useRef(isBusy);
  useEffect(() => {
    busy.current = isBusy;
  });
  useEffect(() => {
    let orderedAt = Number.NEGATIVE_INFINITY;
    return handle.listen(() => {
      const { values } = handle.data;
      if (values.length !== series.length || performance.now() - orderedAt < SETTLED_MS || busy.current()) return;
      orderedAt = performance.now();
      setOrder(greatestFirst(values, series.length));
    });
  }, [handle, series]);
  return useMemo(() => {
    const whole = order.length === series.length && !sorted ? order : series.map((_, index) => index);
    return whole.filter((index) => series[index]?.look?.legend !== false);
  }, [order, series, sorted]);
}
