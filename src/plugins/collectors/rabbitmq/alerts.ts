import type { AlertRule } from '#core/plugin/alert-rule.ts';

/** What is worth waking up for, until the operator says otherwise. */
export const rabbitmqAlerts: readonly AlertRule[] = [
  {
    name: 'RabbitMQ is down',
    expr: 'nocmate_collector_up{collector="rabbitmq"} == 0',
    for: '1m',
    severity: 'critical',
    summary: 'The management of RabbitMQ on {{instance}} does not answer.',
  },
  {
    name: 'A node of RabbitMQ is down',
    expr: 'rabbitmq_node_state{state="down"} == 1',
    for: '1m',
    severity: 'critical',
    summary: 'The node {{node}} of the RabbitMQ cluster on {{instance}} does not run.',
  },
  {
    name: 'RabbitMQ takes no messages',
    expr: 'rabbitmq_node_alarm == 1',
    for: '30s',
    severity: 'critical',
    summary: 'The {{resource}} of the node {{node}} is short: RabbitMQ on {{instance}} stops whoever publishes.',
  },
  {
    name: 'A RabbitMQ cluster is cut in parts',
    expr: 'rabbitmq_node_partitions > 0',
    for: '30s',
    severity: 'critical',
    summary: 'The node {{node}} of the RabbitMQ cluster on {{instance}} does not see {{value}} others.',
  },
  {
    name: 'A queue of RabbitMQ has no consumer',
    expr: 'rabbitmq_message_current{state="ready"} > 0 and on (instance, vhost, queue) rabbitmq_consumer_count == 0',
    for: '15m',
    severity: 'warning',
    summary: 'Nobody takes the messages of the queue {{queue}} ({{vhost}}) of RabbitMQ on {{instance}}.',
  },
  {
    name: 'A queue of RabbitMQ grows',
    expr: 'deriv(rabbitmq_message_current{state="ready"}[15m]) > 0 and rabbitmq_message_current{state="ready"} > 10000',
    for: '15m',
    severity: 'major',
    summary: 'The queue {{queue}} ({{vhost}}) of RabbitMQ on {{instance}} fills faster than it is read.',
  },
  {
    name: 'A queue of RabbitMQ does not work',
    expr: 'rabbitmq_queue_state{state=~"down|crashed|stopped|minority"} == 1',
    for: '1m',
    severity: 'major',
    summary: 'The queue {{queue}} ({{vhost}}) of RabbitMQ on {{instance}} is {{state}}.',
  },
  {
    name: 'RabbitMQ has nearly no file descriptors left',
    expr: 'rabbitmq_node_fd_used / rabbitmq_node_fd_limit > 0.9',
    for: '5m',
    severity: 'major',
    summary: 'The node {{node}} of RabbitMQ on {{instance}} uses more than 90 % of its file descriptors.',
  },
];
