import type { AlertRule } from '#core/plugin/alert-rule.ts';

/** What is worth waking up for, until the operator says otherwise. */
export const postgresqlAlerts: readonly AlertRule[] = [
  {
    name: 'PostgreSQL is down',
    expr: 'nocmate_collector_up{collector="postgresql"} == 0',
    for: '1m',
    severity: 'critical',
    summary: 'PostgreSQL on {{instance}} does not answer.',
  },
  {
    name: 'PostgreSQL has nearly no connections left',
    expr: 'sum by (instance) (postgresql_backends) / on (instance) postgresql_connection_max > 0.9',
    for: '2m',
    severity: 'major',
    summary: 'PostgreSQL on {{instance}} uses more than 90 % of max_connections.',
  },
  {
    name: 'PostgreSQL runs out of transaction ids',
    expr: 'postgresql_xid_age > 1000000000',
    for: '10m',
    severity: 'major',
    summary: 'The database {{database}} of PostgreSQL on {{instance}} is not vacuumed: it will stop.',
  },
  {
    name: 'A transaction of PostgreSQL is old',
    expr: 'postgresql_idle_in_transaction_longest_seconds > 600',
    for: '1m',
    severity: 'warning',
    summary: 'A client of {{database}} on {{instance}} has kept a transaction open for {{value}} seconds.',
  },
  {
    name: 'A standby of PostgreSQL is late',
    expr: 'postgresql_standby_delay_seconds > 60',
    for: '5m',
    severity: 'warning',
    summary: 'The standby {{instance}} is {{value}} seconds behind its primary.',
  },
  {
    name: 'A standby of PostgreSQL receives nothing',
    expr: 'postgresql_standby_receiver == 0',
    for: '2m',
    severity: 'major',
    summary: 'The standby {{instance}} has no connection to its primary.',
  },
  {
    name: 'A replication slot holds WAL',
    expr: 'postgresql_slot_active == 0 and on (instance, slot) postgresql_slot_retained_bytes > 1e9',
    for: '10m',
    severity: 'major',
    summary: 'Nobody uses the slot {{slot}} of PostgreSQL on {{instance}}, and WAL is kept for it.',
  },
  {
    name: 'PostgreSQL cannot archive',
    expr: 'rate(postgresql_archived_total{result="failed"}[10m]) > 0',
    for: '10m',
    severity: 'major',
    summary: 'Files of WAL of PostgreSQL on {{instance}} are not archived.',
  },
  {
    name: 'PostgreSQL has found damaged pages',
    expr: 'increase(postgresql_checksum_failures_total[1h]) > 0',
    for: '1m',
    severity: 'critical',
    summary: 'Pages of the database {{database}} on {{instance}} are damaged.',
  },
];
