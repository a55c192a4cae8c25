import { counter, gauge, type MetricTable } from '#core/plugin/metric.ts';

export const QUEUE_STATES = [
  'running',
  'idle',
  'flow',
  'down',
  'crashed',
  'stopped',
  'minority',
  'terminated',
] as const;

const QUEUE = ['vhost', 'queue'];
const HOW = 'by how: published, confirmed, delivered, acknowledged, redelivered, returned, dropped';

/** Every series of the RabbitMQ collector. */
export const RABBITMQ_METRICS = {
  rabbitmq_info: gauge('', 'Always 1; what runs there.', ['cluster', 'rabbitmq_version', 'erlang_version']),
  rabbitmq_connections: gauge('', 'Connections open in the cluster.'),
  rabbitmq_channels: gauge('', 'Channels open in the cluster.'),
  rabbitmq_consumers: gauge('', 'Consumers in the cluster.'),
  rabbitmq_queues: gauge('', 'Queues in the cluster.'),
  rabbitmq_exchanges: gauge('', 'Exchanges in the cluster.'),
  rabbitmq_messages: gauge('', 'Messages in all queues, ready to be delivered or unacknowledged.', ['state']),
  rabbitmq_messages_total: counter('', `Messages of the cluster ${HOW}.`, ['how']),
  rabbitmq_churn_total: counter('', 'Connections, channels and queues that came and went.', ['what', 'change']),
  rabbitmq_node_state: {
    ...gauge('', 'Whether the node runs.', ['node']),
    states: { label: 'state', values: ['running', 'down'] },
  },
  rabbitmq_node_alarm: gauge('', '1: the node takes no messages because memory or disk is short.', [
    'node',
    'resource',
  ]),
  rabbitmq_node_partitions: gauge('', 'Nodes that it sees cut off from it.', ['node']),
  rabbitmq_node_uptime_seconds: gauge('seconds', 'Time since the node started.', ['node']),
  rabbitmq_node_mem_used_bytes: gauge('bytes', 'Memory in use.', ['node']),
  rabbitmq_node_mem_limit_bytes: gauge('bytes', 'Memory beyond which publishers are stopped.', ['node']),
  rabbitmq_node_disk_free_bytes: gauge('bytes', 'Free space of the disk.', ['node']),
  rabbitmq_node_disk_free_limit_bytes: gauge('bytes', 'Free space below which publishers are stopped.', ['node']),
  rabbitmq_node_fd_used: gauge('', 'File descriptors in use.', ['node']),
  rabbitmq_node_fd_limit: gauge('', 'File descriptors that it may use.', ['node']),
  rabbitmq_node_sockets_used: gauge('', 'Sockets in use.', ['node']),
  rabbitmq_node_sockets_limit: gauge('', 'Sockets that it may use; 0: no limit of their own.', ['node']),
  rabbitmq_node_proc_used: gauge('', 'Erlang processes.', ['node']),
  rabbitmq_node_proc_limit: gauge('', 'Erlang processes that there may be.', ['node']),
  rabbitmq_node_run_queue: gauge('', 'Erlang processes that wait for a processor.', ['node']),
  rabbitmq_node_io_bytes_total: counter('bytes', 'Bytes read from and written to the disk.', ['node', 'direction']),
  rabbitmq_node_gc_reclaimed_bytes_total: counter('bytes', 'Bytes that garbage collection gave back.', ['node']),
  rabbitmq_node_context_switches_total: counter('', 'Context switches of Erlang processes.', ['node']),
  rabbitmq_vhost_messages: gauge('', 'Messages in all queues of the vhost.', ['vhost', 'state']),
  rabbitmq_vhost_messages_total: counter('', `Messages of the vhost ${HOW}.`, ['vhost', 'how']),
  rabbitmq_exchange_messages_total: counter('', 'Messages into the exchange and out of it.', [
    ...['vhost', 'exchange', 'direction'],
  ]),
  rabbitmq_queue_state: {
    ...gauge('', 'The state of the queue; idle counts as running in new releases.', QUEUE),
    states: { label: 'state', values: QUEUE_STATES },
  },
  rabbitmq_message_current: gauge('', 'Messages in the queue, ready to be delivered or unacknowledged.', [
    ...[...QUEUE, 'state'],
  ]),
  rabbitmq_message_published_total: counter('', 'Messages that came into the queue.', QUEUE),
  rabbitmq_message_delivered_total: counter('', 'Messages given to consumers, by delivery or by get.', QUEUE),
  rabbitmq_message_acknowledged_total: counter('', 'Messages that consumers have acknowledged.', QUEUE),
  rabbitmq_message_redelivered_total: counter('', 'Messages given once more.', QUEUE),
  rabbitmq_consumer_count: gauge('', 'Consumers of the queue.', QUEUE),
  rabbitmq_consumer_capacity_ratio: gauge('ratio', 'Share of the time in which consumers can take more.', QUEUE),
  rabbitmq_queue_memory_bytes: gauge('bytes', 'Memory of the process of the queue.', QUEUE),
  rabbitmq_queue_message_bytes: gauge('bytes', 'Bytes of all messages in the queue.', QUEUE),
} satisfies MetricTable;
