import type { JmxRule } from '../rule.ts';

const REQUEST = 'org.apache.cassandra.metrics:type=ClientRequest,scope=*,name=';
const OPERATION = { operation: 'param(scope)' };

/** A node of Cassandra, without what it has of each table. */
export const CASSANDRA_RULES: readonly JmxRule[] = [
  {
    bean: `${REQUEST}Latency`,
    ...{ prefix: 'cassandra_client_request_', metricAttribute: OPERATION },
    mapping: {
      Count: { metric: 'count', type: 'counter', desc: 'Requests of clients by operation.' },
      '50thPercentile': { metric: 'latency_p50', unit: 's', sourceUnit: 'us', desc: 'Median time of requests.' },
      '99thPercentile': { metric: 'latency_p99', unit: 's', sourceUnit: 'us', desc: '99 of 100 requests were faster.' },
      Max: { metric: 'latency_max', unit: 's', sourceUnit: 'us', desc: 'The longest request.' },
    },
  },
  ...['Unavailables', 'Timeouts', 'Failures'].map(
    (name): JmxRule => ({
      bean: REQUEST + name,
      metricAttribute: { ...OPERATION, status: `const(${name.slice(0, -1).toLowerCase()})` },
      mapping: {
        Count: {
          ...{ metric: 'cassandra_client_request_errors', type: 'counter' },
          desc: 'Requests that failed by status: unavailable, timeout, failure.',
        },
      },
    }),
  ),
  {
    bean: 'org.apache.cassandra.metrics:type=ThreadPools,path=*,scope=*,name=PendingTasks',
    metricAttribute: { pool: 'param(scope)', path: 'param(path)' },
    mapping: { Value: { metric: 'cassandra_threadpool_pending', desc: 'Tasks that wait by pool of threads.' } },
  },
  {
    bean: 'org.apache.cassandra.metrics:type=ThreadPools,path=*,scope=*,name=ActiveTasks',
    metricAttribute: { pool: 'param(scope)', path: 'param(path)' },
    mapping: { Value: { metric: 'cassandra_threadpool_active', desc: 'Tasks in progress by pool of threads.' } },
  },
  {
    bean: 'org.apache.cassandra.metrics:type=DroppedMessage,scope=*,name=Dropped',
    metricAttribute: { message: 'param(scope)' },
    mapping: {
      Count: { metric: 'cassandra_dropped_messages', type: 'counter', desc: 'Messages dropped under load by kind.' },
    },
  },
  {
    bean: 'org.apache.cassandra.metrics:type=Storage,name=Load',
    mapping: { Count: { metric: 'cassandra_storage_load', unit: 'By', desc: 'Data on disk.' } },
  },
  {
    bean: 'org.apache.cassandra.metrics:type=Storage,name=TotalHints',
    mapping: { Count: { metric: 'cassandra_storage_hints', type: 'counter', desc: 'Hints written for other nodes.' } },
  },
  {
    bean: 'org.apache.cassandra.metrics:type=Compaction,name=PendingTasks',
    mapping: { Value: { metric: 'cassandra_compaction_pending', desc: 'Compactions that wait.' } },
  },
  {
    bean: 'org.apache.cassandra.metrics:type=Compaction,name=CompletedTasks',
    mapping: { Value: { metric: 'cassandra_compaction_completed', type: 'counter', desc: 'Compactions done.' } },
  },
  {
    bean: 'org.apache.cassandra.metrics:type=Storage,name=Exceptions',
    mapping: { Count: { metric: 'cassandra_exceptions', type: 'counter', desc: 'Exceptions that nobody caught.' } },
  },
  ...['Hits', 'Misses'].map(
    (name): JmxRule => ({
      bean: `org.apache.cassandra.metrics:type=Cache,scope=*,name=${name}`,
      metricAttribute: { cache: 'param(scope)', result: `const(${name === 'Hits' ? 'hit' : 'miss'})` },
      mapping: {
        Count: { metric: 'cassandra_cache_lookups', type: 'counter', desc: 'Looks into a cache by result: hit, miss.' },
      },
    }),
  ),
  {
    bean: 'org.apache.cassandra.metrics:type=Cache,scope=*,name=Size',
    metricAttribute: { cache: 'param(scope)' },
    mapping: { Value: { metric: 'cassandra_cache_size', unit: 'By', desc: 'Size of a cache.' } },
  },
  ...(['live', 'unreachable'] as const).map(
    (state): JmxRule => ({
      bean: 'org.apache.cassandra.net:type=FailureDetector',
      mapping: {
        [state === 'live' ? 'UpEndpointCount' : 'DownEndpointCount']: {
          ...{ metric: 'cassandra_nodes', metricAttribute: { state: `const(${state})` } },
          desc: 'Nodes of the cluster as this one sees them: live, unreachable.',
        },
      },
    }),
  ),
];
