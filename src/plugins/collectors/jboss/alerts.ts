import { javaAlerts } from '#core/jmx/java-alerts.ts';
import type { AlertRule } from '#core/plugin/alert-rule.ts';

/** What is worth waking up for, until the operator says otherwise. */
export const jbossAlerts: readonly AlertRule[] = [
  ...javaAlerts('jboss', 'JBoss'),
  {
    name: 'A server of JBoss does not run',
    expr: 'wildfly_server{state=~"stopping|stopped|suspended"} == 1',
    for: '2m',
    severity: 'critical',
    summary: 'The server {{server}} of {{instance}} is {{state}}.',
  },
  {
    name: 'A server of JBoss waits for a restart',
    expr: 'wildfly_server{state=~"reload-required|restart-required"} == 1',
    for: '1h',
    severity: 'warning',
    summary: 'The server {{server}} of {{instance}} works with an old configuration: {{state}}.',
  },
  {
    name: 'A deployment of JBoss has failed',
    expr: 'wildfly_deployment{state="failed"} == 1',
    for: '1m',
    severity: 'critical',
    summary: 'The deployment {{deployment}} on {{server}} of {{instance}} has failed.',
  },
  {
    name: 'A pool of connections of JBoss is used up',
    expr: 'wildfly_datasource_connections{state="in_use"} >= on (instance, server, datasource) (wildfly_datasource_connections{state="limit"} > 0)',
    for: '2m',
    severity: 'major',
    summary: 'All connections of the data source {{datasource}} of {{server}} are in use: requests wait.',
  },
];
