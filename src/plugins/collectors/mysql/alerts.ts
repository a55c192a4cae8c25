import type { AlertRule } from '#core/plugin/alert-rule.ts';

/** What is worth waking up for, until the operator says otherwise. */
export const mysqlAlerts: readonly AlertRule[] = [
  {
    name: 'MySQL is down',
    expr: 'nocmate_collector_up{collector="mysql"} == 0',
    for: '1m',
    severity: 'critical',
    summary: 'MySQL on {{instance}} does not answer.',
  },
  {
    name: 'MySQL has nearly no connections left',
    expr: 'mysql_threads{kind="connected"} / on (instance) mysql_connection_limit > 0.9',
    for: '2m',
    severity: 'major',
    summary: 'MySQL on {{instance}} uses more than 90 % of max_connections.',
  },
  {
    name: 'A replica of MySQL has stopped',
    expr: 'mysql_replica_thread{state="stopped"} == 1',
    for: '1m',
    severity: 'major',
    summary: 'The {{thread}} thread of the replica {{instance}} of {{source}} does not run.',
  },
  {
    name: 'A replica of MySQL is late',
    expr: 'mysql_replica_time_behind_source_seconds - on (instance, channel) mysql_replica_sql_delay_seconds > 60',
    for: '5m',
    severity: 'warning',
    summary: 'The replica {{instance}} is {{value}} seconds behind its source.',
  },
  {
    name: 'A node of Galera has left its cluster',
    expr: 'mysql_wsrep_cluster{state="primary"} == 0',
    for: '30s',
    severity: 'critical',
    summary: 'The node {{instance}} is not in the primary part of its Galera cluster.',
  },
  {
    name: 'Deadlocks in MySQL',
    expr: 'rate(mysql_deadlocks_total[5m]) > 0.1',
    for: '5m',
    severity: 'warning',
    summary: 'Transactions of MySQL on {{instance}} lock each other out.',
  },
  {
    name: 'MySQL does not purge',
    expr: 'mysql_history_list_length > 1000000',
    for: '10m',
    severity: 'warning',
    summary: 'An old transaction holds {{value}} versions of rows of MySQL on {{instance}}.',
  },
  {
    name: 'A statement of MySQL takes long',
    expr: 'mysql_query_longest_seconds > 600',
    for: '1m',
    severity: 'warning',
    summary: 'A statement of MySQL on {{instance}} has been running for {{value}} seconds.',
  },
];
