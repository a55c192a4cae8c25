import { checkMetrics } from '#core/plugin/check-series.ts';
import { gauge, type MetricTable } from '#core/plugin/metric.ts';

const CHECK = ['check'];

/** Every series of the ping. */
export const PING_CHECK_METRICS = {
  ...checkMetrics('pingcheck', ['loss', 'slow']),
  pingcheck_dns_lookup_duration_seconds: gauge('seconds', 'Time to resolve the name.', CHECK),
  pingcheck_sent: gauge('', 'Echo requests of the run.', CHECK),
  pingcheck_received: gauge('', 'Answers to them.', CHECK),
  pingcheck_loss_ratio: gauge('ratio', 'The share of requests without an answer.', CHECK),
  pingcheck_rtt_seconds: gauge('seconds', 'Round trip: min, avg, max, and mdev, how much it varies.', [
    ...CHECK,
    'stat',
  ]),
} as const satisfies MetricTable;
