import { useEffect, useMemo, useRef } from 'react';
import { useLive } from '#web/data/data-context.ts';
import { unitOfQuery } from '#web/format/unit-of-query.ts';
import { formatValue } from '#web/format/value.ts';
import { LiveSource } from './live-source.ts';
import { parseQueries } from './parse-queries.ts';
import { lastValue } from './statistics.ts';

const SPAN_MS = 60_000;
const POINTS = 60;

/** What is told of a figure: its newest value (NaN = none) and when it was measured, ms. */
export type LatestValueListener = (value: number, at: number) => void;

/**
 * The newest value of a query (of its first series), told whenever it changes and not kept in React. A page may draw it
 * however it likes; {@link LiveValue} writes it as text.
 */
export function useLatestValue(query: string, listener: LatestValueListener): void {
  const store = useLive();
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  useEffect(() => {
    const { queries } = parseQueries([{ text: query }]);
    if (queries.length === 0) return undefined;
    const source = new LiveSource(store, queries, { spanMs: SPAN_MS, maxPoints: POINTS, limit: 1, unit: '' });
    const stop = source.listen(() => {
      latest.current(lastValue(source.read().values[0] ?? new Float64Array(0)), source.lastSampleAt());
    });
    const close = source.open();
    return () => {
      stop();
      close();
    };
  }, [store, query]);
}

export type LiveValueProps = { readonly query: string; readonly unit?: string; readonly decimals?: number | undefined };

/** The newest value of a query as text that changes without rendering. */
export function LiveValue({ query, unit, decimals }: LiveValueProps) {
  const text = useRef<HTMLSpanElement>(null);
  const shownUnit = useMemo(() => {
    const [first] = parseQueries([{ text: query }]).queries;
    return unit ?? (first === undefined ? '' : unitOfQuery(first.query));
  }, [query, unit]);
  useLatestValue(query, (value) => {
    if (text.current !== null) text.current.textContent = formatValue(value, shownUnit, decimals);
  });
  return <span ref={text}>–</span>;
}
