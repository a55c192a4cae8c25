import { canonicalKey, type Labels, NAME_LABEL } from '#core/model/labels.ts';
import type { MetricTable } from '#core/plugin/metric.ts';

const TARGET = ['collector', 'target'];

/** The series that the runner writes about every target, beside the labels of the target. */
export const COLLECTOR_METRICS = {
  nocmate_collector_up: { kind: 'gauge', unit: '', help: '1 when the last run gave values, else 0.', labels: TARGET },
  nocmate_collector_duration_seconds: {
    kind: 'gauge',
    unit: 'seconds',
    help: 'How long the last run took.',
    labels: TARGET,
  },
  nocmate_collector_points: { kind: 'gauge', unit: '', help: 'Values of the last run.', labels: TARGET },
  nocmate_collector_errors_total: {
    kind: 'counter',
    unit: '',
    help: 'Failed runs (type unreachable, auth, protocol, too_large, answer, forbidden, timeout, failed), failed parts of runs (partial) and refused values (undeclared, bad_label, duplicate, too_many_series).',
    labels: [...TARGET, 'type'],
  },
  nocmate_collector_skipped_total: {
    kind: 'counter',
    unit: '',
    help: 'Runs that fell out because the one before was still under way, no place was free or the process was late.',
    labels: TARGET,
  },
  nocmate_collector_dropped_total: {
    kind: 'counter',
    unit: '',
    help: 'Values that storage refused.',
    labels: TARGET,
  },
  nocmate_collector_last_success_timestamp_seconds: {
    kind: 'gauge',
    unit: 'seconds',
    help: 'When the last run that gave values was scheduled, since the Unix epoch.',
    labels: TARGET,
  },
} as const satisfies MetricTable;

/** What the runner knows about a target. */
export type TargetState = {
  up: boolean | undefined;
  since: number;
  lastRunAt: number;
  lastSuccessAt: number;
  lastDurationMs: number;
  lastError: string;
  errorKind: string;
  points: number;
  runs: number;
  failures: number;
  consecutiveFailures: number;
  skipped: number;
  dropped: number;
  readonly errors: Record<string, number>;
};

/** The state of a target before its first run. */
export function newTargetState(): TargetState {
  return {
    up: undefined,
    since: 0,
    lastRunAt: 0,
    lastSuccessAt: 0,
    lastDurationMs: 0,
    lastError: '',
    errorKind: '',
    points: 0,
    runs: 0,
    failures: 0,
    consecutiveFailures: 0,
    skipped: 0,
    dropped: 0,
    errors: { failed: 0, timeout: 0, partial: 0 },
  };
}

/** Writes the target's own series at the end of a batch: keys are built once, `push` runs at every interval. */
export function createOwnSeries(labels: Labels): {
  readonly append: (state: TargetState, keys: string[], values: number[]) => void;
  readonly keys: () => readonly string[];
} {
  const keyOf = (name: keyof typeof COLLECTOR_METRICS, extra = {}): string =>
    canonicalKey({ ...labels, ...extra, [NAME_LABEL]: name });
  const fixed = [
    keyOf('nocmate_collector_up'),
    keyOf('nocmate_collector_duration_seconds'),
    keyOf('nocmate_collector_points'),
    keyOf('nocmate_collector_skipped_total'),
    keyOf('nocmate_collector_dropped_total'),
  ];
  const lastSuccess = keyOf('nocmate_collector_last_success_timestamp_seconds');
  const errorKeys = new Map<string, string>();

  function errorKey(type: string): string {
    const key = errorKeys.get(type) ?? keyOf('nocmate_collector_errors_total', { type });
    errorKeys.set(type, key);
    return key;
  }

  return {
    append: (state, keys, values) => {
      keys.push(...fixed);
      values.push(state.up === true ? 1 : 0, state.lastDurationMs / 1_000, state.points, state.skipped, state.dropped);
      if (state.lastSuccessAt > 0) {
        keys.push(lastSuccess);
        values.push(state.lastSuccessAt / 1_000);
      }
      for (const [type, count] of Object.entries(state.errors)) {
        keys.push(errorKey(type));
        values.push(count);
      }
    },
    keys: () => [...fixed, lastSuccess, ...errorKeys.values()],
  };
}
