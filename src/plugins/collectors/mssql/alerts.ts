import type { AlertRule } from '#core/plugin/alert-rule.ts';

/** What is worth waking up for, until the operator says otherwise. */
export const mssqlAlerts: readonly AlertRule[] = [
  {
    name: 'SQL Server is down',
    expr: 'nocmate_collector_up{collector="mssql"} == 0',
    for: '1m',
    severity: 'critical',
    summary: 'SQL Server on {{instance}} does not answer.',
  },
  {
    name: 'A database of SQL Server is not usable',
    expr: 'sqlserver_database_count{database_status=~"suspect|recoverypending|offline"} > 0',
    for: '1m',
    severity: 'critical',
    summary: '{{value}} databases of SQL Server on {{instance}} are {{database_status}}.',
  },
  {
    name: 'SQL Server has deadlocks',
    expr: 'increase(sqlserver_deadlocks_total[10m]) > 5',
    for: '1s',
    severity: 'warning',
    summary: 'SQL Server on {{instance}} had {{value}} deadlocks within ten minutes.',
  },
  {
    name: 'Sessions of SQL Server are blocked',
    expr: 'sqlserver_processes_blocked > 5',
    for: '5m',
    severity: 'major',
    summary: '{{value}} sessions of SQL Server on {{instance}} wait for others.',
  },
  {
    name: 'Memory of SQL Server is short',
    expr: 'sqlserver_memory_grants_pending_count > 0',
    for: '5m',
    severity: 'warning',
    summary: '{{value}} statements of SQL Server on {{instance}} wait for memory.',
  },
  {
    name: 'A log of transactions of SQL Server is nearly full',
    expr: 'sqlserver_transaction_log_used_bytes / sqlserver_transaction_log_size_bytes > 0.9',
    for: '15m',
    severity: 'major',
    summary: 'The log of the database {{database}} of SQL Server on {{instance}} is more than 90 % full.',
  },
];
