import { Dashboard } from '#core/api/dashboard.ts';
import { JVM_ROWS } from '#core/jmx/java-dashboard.ts';
import { chart, INSTANCE_QUERIES, instanceVariable, placeRows, stat } from '#core/plugin/dashboard-rows.ts';

const { plain, rateBy } = INSTANCE_QUERIES;
const ZERO = { min: 0 };

/** One management interface: a standalone server, or the servers of a domain. */
export const jbossDashboard: Dashboard = Dashboard.parse({
  title: 'JBoss / WildFly',
  description: 'Requests, deployments, data sources, transactions and the virtual machine.',
  tags: ['jboss', 'wildfly', 'java'],
  variables: [instanceVariable('wildfly_info')],
  panels: placeRows([
    {
      height: 4,
      panels: [
        stat('Requests per second', '', rateBy('wildfly_requests_total', 'instance', '')),
        stat('Errors per second', '', rateBy('wildfly_errors_total', 'instance', '')),
        stat('Sessions', '', { text: 'sum by (instance) (wildfly_sessions_active{instance="$instance"})' }),
        stat('Deployments that failed', '', {
          text: 'sum by (instance) (wildfly_deployment{instance="$instance",state="failed"})',
        }),
      ],
    },
    {
      height: 8,
      panels: [
        chart(
          'Requests per second by listener',
          '',
          [rateBy('wildfly_requests_total', 'listener', '{{listener}}')],
          ZERO,
        ),
        chart(
          'Traffic',
          'bytes_per_second',
          [rateBy('wildfly_network_bytes_total', 'direction', '{{direction}}')],
          ZERO,
        ),
        chart('Sessions by deployment', '', [plain('wildfly_sessions_active', '{{server}} {{deployment}}')], ZERO),
      ],
    },
    {
      height: 8,
      panels: [
        chart(
          'Connections of data sources',
          '',
          [plain('wildfly_datasource_connections', '{{server}} {{datasource}} {{state}}')],
          ZERO,
        ),
        chart(
          'Time waited for connections',
          'ratio',
          [rateBy('wildfly_datasource_wait_time_seconds_total', 'datasource', '{{datasource}}')],
          ZERO,
        ),
      ],
    },
    {
      height: 8,
      panels: [
        chart('Transactions per second', '', [rateBy('wildfly_transactions_total', 'outcome', '{{outcome}}')], ZERO),
        chart(
          'Messages in queues and topics',
          '',
          [plain('wildfly_jms_messages', '{{server}} {{kind}} {{destination}}')],
          ZERO,
        ),
      ],
    },
    ...JVM_ROWS,
  ]),
});
