import type { JmxRule } from '../rule.ts';

const BROKER = 'kafka.server:type=BrokerTopicMetrics,name=';

/** One figure of the broker. */
function figure(name: string, metric: string, desc: string, unit?: string): JmxRule {
  return {
    bean: BROKER + name,
    mapping: { Count: { metric, type: 'counter', desc, ...(unit === undefined ? {} : { unit }) } },
  };
}

/** A gauge that stands alone in its bean. */
function value(bean: string, metric: string, desc: string): JmxRule {
  return { bean, mapping: { Value: { metric, type: 'updowncounter', desc } } };
}

/** A broker of Kafka, without what it has of each topic. */
export const KAFKA_RULES: readonly JmxRule[] = [
  figure('MessagesInPerSec', 'kafka_messages', 'Messages received.'),
  figure('BytesInPerSec', 'kafka_received', 'Bytes received from clients.', 'By'),
  figure('BytesOutPerSec', 'kafka_sent', 'Bytes sent to clients.', 'By'),
  figure('FailedProduceRequestsPerSec', 'kafka_produce_failed', 'Requests to produce that failed.'),
  figure('FailedFetchRequestsPerSec', 'kafka_fetch_failed', 'Requests to fetch that failed.'),
  {
    bean: 'kafka.network:type=RequestMetrics,name=TotalTimeMs,request=*',
    ...{ prefix: 'kafka_request_', metricAttribute: { request: 'param(request)' } },
    mapping: {
      Count: { metric: 'count', type: 'counter', desc: 'Requests by kind.' },
      '99thPercentile': { metric: 'time_p99', unit: 's', sourceUnit: 'ms', desc: '99 of 100 requests were faster.' },
    },
  },
  value('kafka.server:type=ReplicaManager,name=PartitionCount', 'kafka_partitions', 'Partitions on this broker.'),
  value('kafka.server:type=ReplicaManager,name=LeaderCount', 'kafka_partitions_led', 'Partitions that it leads.'),
  value(
    'kafka.server:type=ReplicaManager,name=UnderReplicatedPartitions',
    'kafka_partitions_under_replicated',
    'Partitions with too few replicas in step.',
  ),
  value(
    'kafka.controller:type=KafkaController,name=OfflinePartitionsCount',
    'kafka_partitions_offline',
    'Partitions without a leader, as the controller sees them.',
  ),
  value(
    'kafka.controller:type=KafkaController,name=ActiveControllerCount',
    'kafka_controller_active',
    '1 on the broker that is the controller.',
  ),
];
