import { javaAlerts } from '#core/jmx/java-alerts.ts';
import type { AlertRule } from '#core/plugin/alert-rule.ts';

/** What is worth waking up for, until the operator says otherwise. */
export const tomcatAlerts: readonly AlertRule[] = [
  ...javaAlerts('tomcat', 'Tomcat'),
  {
    name: 'Tomcat has no free threads',
    expr: 'tomcat_threads{service="tomcat",state="busy"} >= on (instance, connector) tomcat_threads{service="tomcat",state="limit"}',
    for: '2m',
    severity: 'major',
    summary: 'All threads of the connector {{connector}} of Tomcat on {{instance}} are busy: requests wait.',
  },
];
