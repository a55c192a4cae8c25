import type { JmxRule } from '../rule.ts';

const BROKER = 'org.apache.activemq:type=Broker,brokerName=*';
const place = (of: string): JmxRule['metricAttribute'] => ({ place: `const(${of})` });

/** ActiveMQ (classic): the broker, its queues and topics. */
export const ACTIVEMQ_RULES: readonly JmxRule[] = [
  {
    beans: [`${BROKER},destinationType=Queue,destinationName=*`, `${BROKER},destinationType=Topic,destinationName=*`],
    ...{ prefix: 'activemq_', type: 'updowncounter' },
    metricAttribute: {
      broker: 'param(brokerName)',
      kind: 'lowercase(param(destinationType))',
      destination: 'param(destinationName)',
    },
    mapping: {
      QueueSize: { metric: 'messages', desc: 'Messages that wait in a queue or topic.' },
      EnqueueCount: { metric: 'messages_enqueued', type: 'counter', desc: 'Messages sent to a queue or topic.' },
      DequeueCount: { metric: 'messages_dequeued', type: 'counter', desc: 'Messages acknowledged and taken out.' },
      ExpiredCount: { metric: 'messages_expired', type: 'counter', desc: 'Messages that expired unread.' },
      ConsumerCount: { metric: 'consumers', desc: 'Consumers of a queue or topic.' },
      ProducerCount: { metric: 'producers', desc: 'Producers of a queue or topic.' },
    },
  },
  {
    bean: BROKER,
    ...{ prefix: 'activemq_', metricAttribute: { broker: 'param(brokerName)' } },
    mapping: {
      CurrentConnectionsCount: { metric: 'connections', type: 'updowncounter', desc: 'Connections of clients.' },
      MemoryPercentUsage: {
        ...{ metric: 'used', unit: '1', sourceUnit: '%', metricAttribute: place('memory') },
        desc: 'Share of the room that is used by place: memory, store, temp.',
      },
      StorePercentUsage: { metric: 'used', unit: '1', sourceUnit: '%', metricAttribute: place('store') },
      TempPercentUsage: { metric: 'used', unit: '1', sourceUnit: '%', metricAttribute: place('temp') },
    },
  },
];
