import { z } from 'zod';
import { CollectError } from '#core/plugin/collect-error.ts';
import type { CollectedValue, Collection } from '#core/plugin/collector.ts';
import type { PHP_FPM_METRICS } from './metrics.ts';

type Metric = keyof typeof PHP_FPM_METRICS;

const Process = z.looseObject({
  state: z.string(),
  'request duration': z.number(),
  'last request memory': z.number(),
});
const Status = z.looseObject({
  pool: z.string(),
  'start time': z.number(),
  processes: z.array(Process).default([]),
});
type Status = z.infer<typeof Status>;

const FIGURES: readonly (readonly [name: string, metric: Metric, labels?: Readonly<Record<string, string>>])[] = [
  ['start since', 'phpfpm_uptime_seconds_total'],
  ['accepted conn', 'phpfpm_requests_accepted_total'],
  ['listen queue', 'phpfpm_queue'],
  ['max listen queue', 'phpfpm_queue_peak'],
  ['listen queue len', 'phpfpm_queue_limit'],
  ['active processes', 'phpfpm_processes', { state: 'active' }],
  ['idle processes', 'phpfpm_processes', { state: 'idle' }],
  ['max active processes', 'phpfpm_processes_active_peak'],
  ['max children reached', 'phpfpm_children_limit_reached_total'],
  ['slow requests', 'phpfpm_slow_requests_total'],
];
const US = 1e-6;
const SECONDS = 1_000;
/** A duration beyond it was computed across a step of the clock. */
const LONGEST_US = 1e12;

/** The status page as JSON, with or without its processes. Throws `protocol` for another text. */
export function parseStatus(text: string): Collection {
  const parsed = Status.safeParse(jsonOf(text));
  if (!parsed.success) {
    const begin = JSON.stringify(text.slice(0, 60));
    throw new CollectError('protocol', `this is no status page of PHP-FPM; it begins with ${begin}`);
  }
  const status = parsed.data;
  const { pool } = status;
  const values = FIGURES.flatMap(([name, metric, labels = {}]): CollectedValue[] => {
    const value = status[name];
    return typeof value === 'number' && value >= 0 ? [{ metric, labels: { pool, ...labels }, value }] : [];
  });
  return { values: [...values, ...lastRequests(status)], startedAt: status['start time'] * SECONDS };
}

/** For the golden cases. */
export const parsers = { status: parseStatus };

/** Some releases write addresses of requests unescaped: then the part before the processes is what can be read. */
function jsonOf(text: string): unknown {
  for (const candidate of [text, text.replace(/,\s*"processes"\s*:\s*\[.*$/s, '}')]) {
    try {
      return JSON.parse(candidate);
    } catch {
      // The next one.
    }
  }
  return undefined;
}

/** What a process that works at the moment says of its request is not final. */
function lastRequests({ pool, processes }: Status): CollectedValue[] {
  const idle = processes.filter((one) => one.state === 'Idle' && one['request duration'] < LONGEST_US);
  return [
    ...spread(
      'phpfpm_last_request_duration_seconds',
      pool,
      idle.map((one) => one['request duration'] * US),
    ),
    ...spread(
      'phpfpm_last_request_memory_bytes',
      pool,
      idle.map((one) => one['last request memory']),
    ),
  ];
}

function spread(metric: Metric, pool: string, numbers: readonly number[]): CollectedValue[] {
  if (numbers.length === 0) return [];
  const mean = numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
  return [
    { metric, labels: { pool, of: 'mean' }, value: mean },
    { metric, labels: { pool, of: 'max' }, value: Math.max(...numbers) },
  ];
}
