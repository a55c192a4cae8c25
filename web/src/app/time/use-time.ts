import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { Search } from '#web/app/search.ts';
import { useLive } from '#web/data/data-context.ts';
import {
  DEFAULT_RANGE,
  fixedRange,
  isLive,
  isTimeRange,
  liveRange,
  type Span,
  spanOf,
  stepped,
  type TimeRange,
  zoomedOut,
} from './time-range.ts';

/** The one time of the screen. It lives in the URL; every change is a step of the history, so that Back undoes it. */
export type TimeControl = TimeRange & {
  /** The range now, on the server's clock. */
  readonly range: () => Span;
  /** Ends now and moves with the clock. */
  readonly live: boolean;
  readonly spanMs: number;
  readonly setRange: (from: string, to: string) => void;
  /** Narrows to a fixed span, ms since the epoch. */
  readonly zoom: (fromMs: number, toMs: number) => void;
  readonly zoomOut: () => void;
  /** Freezes the range where it is. */
  readonly pause: () => void;
  /** Goes live with the same length. */
  readonly resume: () => void;
  readonly step: (direction: 1 | -1) => void;
};

/** The time range of the page and what can be done with it. */
export function useTime(): TimeControl {
  const from = useSearch({ strict: false, select: (search) => search.from });
  const to = useSearch({ strict: false, select: (search) => search.to });
  const navigate = useNavigate();
  const { client } = useLive();
  return useMemo(() => {
    const written = { from: from ?? DEFAULT_RANGE.from, to: to ?? DEFAULT_RANGE.to };
    const range = isTimeRange(written) ? written : DEFAULT_RANGE;
    const go = (next: TimeRange): void => {
      void navigate({ to: '.', search: (search: Search) => ({ ...search, from: next.from, to: next.to }) });
    };
    const now = (): number => client.serverNow();
    const { fromMs, toMs } = spanOf(range, now());
    return {
      ...range,
      range: () => spanOf(range, now()),
      live: isLive(range),
      spanMs: toMs - fromMs,
      setRange: (nextFrom, nextTo) => go({ from: nextFrom, to: nextTo }),
      zoom: (start, end) => go(fixedRange({ fromMs: start, toMs: end })),
      zoomOut: () => go(zoomedOut(range, now())),
      pause: () => go(fixedRange(spanOf(range, now()))),
      resume: () => go(liveRange(toMs - fromMs)),
      step: (direction) => go(stepped(range, direction, now())),
    };
  }, [from, to, navigate, client]);
}
