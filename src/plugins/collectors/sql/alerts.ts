import type { AlertRule } from '#core/plugin/alert-rule.ts';

/** What is worth waking up for, until the operator says otherwise. */
export const sqlAlerts: readonly AlertRule[] = [
  {
    name: 'A query gives nothing',
    expr: 'nocmate_collector_up{collector="sql"} == 0',
    for: '5m',
    severity: 'major',
    summary: 'The query {{target}} cannot be asked.',
  },
  {
    name: 'Data of a query are not fresh',
    expr: 'sql_fresh == 0',
    for: '1m',
    severity: 'major',
    summary: 'The newest row that the query {{query}} finds on {{instance}} is too old.',
  },
];
