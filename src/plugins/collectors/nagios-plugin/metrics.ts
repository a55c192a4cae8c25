import { checkMetrics } from '#core/plugin/check-series.ts';
import { counter, gauge, type MetricDefinition, type MetricTable } from '#core/plugin/metric.ts';

/** What plugins end with, by their exit code. */
export const PLUGIN_STATES = ['ok', 'warning', 'critical', 'unknown'] as const;

/** Base units that perfdata may have; '' has the metrics `…_value`. */
const UNITS = ['', 'seconds', 'bytes', 'ratio', 'celsius', 'volts', 'watts', 'bytes_per_second'] as const;

/** The metric of a kind of figure for a base unit; units that are not known have that of plain numbers. */
export function metricOf(kind: 'perfdata' | 'threshold' | 'limit', unit: string): string {
  const isKnown = unit !== '' && UNITS.some((one) => one === unit);
  return `nagios_${kind}_${isKnown ? unit : 'value'}`;
}

function perUnit(kind: Parameters<typeof metricOf>[0], help: string, labels: readonly string[]) {
  const rows = UNITS.map((unit): [string, MetricDefinition] => [metricOf(kind, unit), gauge(unit, help, labels)]);
  return Object.fromEntries(rows);
}

const CHECK = ['check'];
const LABEL = ['check', 'label'];

/** Every series of a plugin. */
export const NAGIOS_PLUGIN_METRICS: MetricTable = {
  ...checkMetrics('nagioscheck', []),
  nagioscheck_result: {
    ...gauge('', 'What the plugin ended with; timeout: it did not end in time, and was killed.', CHECK),
    states: { label: 'result', values: [...PLUGIN_STATES, 'timeout'] },
  },
  nagioscheck_exit_code: gauge('', 'Its exit code: 0 ok, 1 warning, 2 critical, 3 unknown.', CHECK),
  ...perUnit('perfdata', 'What it measured, by its label.', LABEL),
  nagios_perfdata_total: counter('', 'A counter that it read (unit c), by its label.', LABEL),
  ...perUnit('threshold', 'An end of the range of a threshold.', [...LABEL, 'level', 'bound']),
  ...perUnit('limit', 'What the value can be at least and at most.', [...LABEL, 'bound']),
};
