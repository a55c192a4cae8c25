import { Dashboard } from '#core/api/dashboard.ts';
import { chart, INSTANCE_QUERIES, instanceVariable, placeRows, stat } from '#core/plugin/dashboard-rows.ts';

const { plain, rateBy } = INSTANCE_QUERIES;
const FROM_ZERO = { min: 0 };

/** Rates of a counter of queues. */
const rateOfQueues = (metric: string) => rateBy(metric, 'vhost, queue', '{{vhost}} {{queue}}');

/** One RabbitMQ cluster. */
export const rabbitmqDashboard: Dashboard = Dashboard.parse({
  title: 'RabbitMQ',
  description: 'One RabbitMQ cluster: messages, queues, exchanges and nodes.',
  tags: ['rabbitmq', 'broker'],
  variables: [instanceVariable('rabbitmq_connections')],
  panels: placeRows([
    {
      height: 4,
      panels: [
        stat('Messages ready', '', { text: 'rabbitmq_messages{instance="$instance",state="ready"}' }),
        stat('Unacknowledged', '', { text: 'rabbitmq_messages{instance="$instance",state="unacknowledged"}' }),
        stat('Connections', '', plain('rabbitmq_connections')),
        stat('Consumers', '', plain('rabbitmq_consumers')),
        stat('Nodes down', '', {
          text: 'sum by (instance) (rabbitmq_node_state{instance="$instance",state="down"})',
        }),
        stat('Alarms', '', { text: 'sum by (instance) (rabbitmq_node_alarm{instance="$instance"})' }),
      ],
    },
    {
      height: 8,
      panels: [
        chart('Messages per second', '', [rateBy('rabbitmq_messages_total', 'how', '{{how}}')], FROM_ZERO),
        chart('Messages waiting', '', [plain('rabbitmq_messages', '{{state}}')], FROM_ZERO),
      ],
    },
    {
      height: 8,
      panels: [
        chart('Ready by queue', '', [
          {
            text: 'rabbitmq_message_current{instance="$instance",state="ready"}',
            legend: '{{vhost}} {{queue}}',
          },
        ]),
        chart('Published per second by queue', '', [rateOfQueues('rabbitmq_message_published_total')], FROM_ZERO),
        chart('Acknowledged per second by queue', '', [rateOfQueues('rabbitmq_message_acknowledged_total')], FROM_ZERO),
      ],
    },
    {
      height: 8,
      panels: [
        chart('Memory by node', 'bytes', [
          plain('rabbitmq_node_mem_used_bytes', '{{node}}'),
          plain('rabbitmq_node_mem_limit_bytes', '{{node}} limit'),
        ]),
        chart('Free disk by node', 'bytes', [plain('rabbitmq_node_disk_free_bytes', '{{node}}')], FROM_ZERO),
        chart('File descriptors by node', '', [plain('rabbitmq_node_fd_used', '{{node}}')], FROM_ZERO),
      ],
    },
    {
      height: 8,
      panels: [
        chart('Messages into exchanges per second', '', [
          {
            text: 'sum by (vhost, exchange) (rate(rabbitmq_exchange_messages_total{instance="$instance",direction="in"}))',
            legend: '{{vhost}} {{exchange}}',
          },
        ]),
        chart('Consumers by queue', '', [plain('rabbitmq_consumer_count', '{{vhost}} {{queue}}')], FROM_ZERO),
        chart('Connections, channels and queues that come and go', '', [
          rateBy('rabbitmq_churn_total', 'what, change', '{{what}} {{change}}'),
        ]),
      ],
    },
  ]),
});
