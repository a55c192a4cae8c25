import { checkMetrics, connectionMetrics } from '#core/plugin/check-series.ts';
import { gauge, type MetricTable } from '#core/plugin/metric.ts';

/** Every series of the TCP check. */
export const TCP_CHECK_METRICS = {
  ...checkMetrics('tcpcheck', ['expect', 'certificate_ends']),
  ...connectionMetrics('tcpcheck'),
  tcpcheck_dialogue_duration_seconds: gauge(
    'seconds',
    'Time from the open connection to the end of what was expected.',
    ['check'],
  ),
} as const satisfies MetricTable;
