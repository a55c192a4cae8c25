import { useMemo, useState } from 'react';
import type { ChartSeries } from './chart-data.ts';

/** Which lines are hidden, and what a click on a legend does about it. */
export type Visibility = {
  readonly hidden: ReadonlySet<string>;
  /** Isolates the line, or with `toggle` hides or shows only it. A second click on an isolated line shows all. */
  readonly click: (key: string, toggle: boolean) => void;
};

/** Hidden lines of a chart. */
export function useVisibility(series: readonly ChartSeries[]): Visibility {
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  return useMemo(
    () => ({
      hidden,
      click: (key, toggle) =>
        setHidden(
          afterClick(
            series.map((line) => line.key),
            hidden,
            { key, toggle },
          ),
        ),
    }),
    [hidden, series],
  );
}

/** The hidden keys after a click in a legend of these keys. */
export function afterClick(
  keys: readonly string[],
  hidden: ReadonlySet<string>,
  { key, toggle }: { readonly key: string; readonly toggle: boolean },
): ReadonlySet<string> {
  if (toggle) {
    const next = new Set(hidden);
    if (!next.delete(key)) next.add(key);
    return next.size >= keys.length ? new Set() : next;
  }
  const others = keys.filter((other) => other !== key);
  const isIsolated = !hidden.has(key) && others.every((other) => hidden.has(other));
  return isIsolated ? new Set() : new Set(others);
}
