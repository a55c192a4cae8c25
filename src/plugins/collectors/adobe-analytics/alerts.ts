import type { AlertRule } from '#core/plugin/alert-rule.ts';

/** What is worth waking up for, until the operator says otherwise. */
export const adobeAlerts: readonly AlertRule[] = [
  {
    name: 'Adobe Analytics is down',
    expr: 'nocmate_collector_up{collector="adobe-analytics"} == 0',
    for: '15m',
    severity: 'warning',
    summary: 'Adobe Analytics gives no figures of {{target}}.',
  },
  {
    name: 'Nobody uses the site',
    expr: 'web_analytics_hits{window="10m"} < 0.2 * avg_over_time(web_analytics_hits{window="10m"}[1h] offset 10m)',
    for: '10m',
    severity: 'major',
    summary:
      'The report suite {{report_suite}} has {{value}} hits in ten minutes, less than a fifth of the hour before.',
  },
  {
    name: 'Orders fall far behind yesterday',
    expr: 'web_analytics_conversion_ratio{window="today"} / on (instance, report_suite) web_analytics_conversion_ratio{window="yesterday"} < 0.5 and on (instance, report_suite) web_analytics_visits{window="today"} > 1000',
    for: '1h',
    severity: 'warning',
    summary: 'In the report suite {{report_suite}} half as many visits end in an order as yesterday.',
  },
];
