import { javaAlerts } from '#core/jmx/java-alerts.ts';
import type { AlertRule } from '#core/plugin/alert-rule.ts';

/** What is worth waking up for, until the operator says otherwise. */
export const jettyAlerts: readonly AlertRule[] = [
  ...javaAlerts('jetty', 'Jetty'),
  {
    name: 'Requests wait for a thread of Jetty',
    expr: 'jetty_queue > 0 and on (instance) jetty_threads{state="idle"} == 0',
    for: '2m',
    severity: 'major',
    summary: 'All threads of Jetty on {{instance}} are busy, and {{value}} jobs wait.',
  },
  {
    name: 'Jetty answers with errors',
    expr: 'sum by (instance) (rate(jetty_responses_total{code="5xx"}[5m])) / sum by (instance) (rate(jetty_responses_total[5m])) > 0.05',
    for: '5m',
    severity: 'major',
    summary: 'More than 5 % of the responses of Jetty on {{instance}} are errors of the server.',
  },
];
