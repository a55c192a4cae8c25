import type { Event } from '#core/model/event.ts';
import type { Labels } from '#core/model/labels.ts';
import { MOST_SERIES, type StateChange } from './target-series.ts';

const LONGEST_REASON = 500;

/** What happened to which target, when. */
export type TargetMoment = {
  readonly t: number;
  /** How it is named to people: `redis of db-1:6379`. */
  readonly name: string;
  readonly labels: Labels;
};

/** The collector begins or ceases to get values. */
export function upEvent(
  { t, name, labels }: TargetMoment,
  up: boolean,
  previous: boolean | undefined,
  what: string,
): Event {
  return {
    ...{ t, labels, kind: 'collector.state', severity: up ? 'ok' : 'major' },
    message: `The collector ${name} ${what}.`,
    state: up ? 'up' : 'down',
    previousState: previous === undefined ? '' : previous ? 'up' : 'down',
  };
}

/** More series than a target may have. */
export function overflowEvent({ t, name, labels }: TargetMoment): Event {
  const message = `The collector ${name} has ${MOST_SERIES} series: more are refused.`;
  return { t, labels, kind: 'collector.overflow', severity: 'warning', message };
}

/** What is watched has begun anew. */
export function restartEvent({ t, name, labels }: TargetMoment): Event {
  return { t, labels, kind: 'collector.restart', severity: 'info', message: `The target of ${name} has restarted.` };
}

/** A state that the collector reads is another one. */
export function stateEvent({ t, name, labels }: TargetMoment, change: StateChange): Event {
  const { metric, labels: own, from, to, reason } = change;
  const parts = Object.entries(own).map(([label, value]) => ` ${label}=${value}`);
  const why = reason === undefined ? '.' : `: ${reason.slice(0, LONGEST_REASON)}`;
  const message = `${metric}${parts.join('')} of ${name} is ${to}, it was ${from}${why}`;
  const kind = 'collector.value_state';
  return { t, kind, severity: 'info', message, labels: { ...labels, ...own, metric }, state: to, previousState: from };
}
