import { useMemo } from 'react';
import type { EventRow } from '#core/api/events.ts';
import type { Severity } from '#core/model/event.ts';
import { useTime } from '#web/app/time/use-time.ts';
import { useEvents } from '#web/data/events.ts';

/** Something that happened, as a thin mark on every chart; `t` in ms. */
export type EventMark = { readonly t: number; readonly severity: Severity; readonly text: string };

const LIMIT = 200;

/** Kinds that explain no change of a line, or are too many: alerts of sensors. */
const SILENT = /^(user|token|dashboard|ids)\./;

/** The events of the page's time that may explain a change. */
export function useEventMarks(): readonly EventMark[] {
  const time = useTime();
  const fixed = time.live ? {} : { from: Math.floor(time.range().fromMs), to: Math.ceil(time.range().toMs) };
  const { data } = useEvents({ ...fixed, limit: LIMIT });
  return useMemo(() => marksOf(data ?? []), [data]);
}

/** Marks in time order. */
export function marksOf(events: readonly EventRow[]): readonly EventMark[] {
  return events
    .filter(({ kind }) => !SILENT.test(kind))
    .map(({ t, severity, message }) => ({ t, severity, text: message }))
    .sort((a, b) => a.t - b.t);
}
