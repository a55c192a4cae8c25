import type { JmxRule } from '../rule.ts';

const of = (label: string, value: string): JmxRule['metricAttribute'] => ({ [label]: `const(${value})` });
const classes = ['2xx', '3xx', '4xx', '5xx'];

/** Jetty 9 to 12. Requests need a StatisticsHandler, connections a ConnectionStatistics. */
export const JETTY_RULES: readonly JmxRule[] = [
  {
    bean: 'org.eclipse.jetty.server.handler:type=statisticshandler,*',
    prefix: 'jetty_',
    mapping: {
      requests: { metric: 'requests', type: 'counter', desc: 'Requests.' },
      requestsActive: { metric: 'requests_active', type: 'updowncounter', desc: 'Requests in progress.' },
      requestTimeTotal: {
        ...{ metric: 'request_time', type: 'counter', unit: 's', sourceUnit: 'ms' },
        desc: 'Time that requests took, added up.',
      },
      requestTimeMax: {
        ...{ metric: 'request_time_max', unit: 's', sourceUnit: 'ms' },
        desc: 'The longest request since the statistics began.',
      },
      responses1xx: {
        ...{ metric: 'responses', type: 'counter', metricAttribute: of('code', '1xx') },
        desc: 'Responses by class of status.',
      },
      ...Object.fromEntries(
        classes.map((code) => [
          `responses${code}`,
          { metric: 'responses', type: 'counter', metricAttribute: of('code', code) },
        ]),
      ),
      responsesBytesTotal: { metric: 'sent', type: 'counter', unit: 'By', desc: 'Bytes of bodies sent.' },
    },
  },
  {
    bean: 'org.eclipse.jetty.util.thread:type=queuedthreadpool,*',
    ...{ prefix: 'jetty_', type: 'updowncounter' },
    mapping: {
      threads: {
        ...{ metric: 'threads', metricAttribute: of('state', 'all') },
        desc: 'Threads of the pool: all, busy, idle, and the most there may be (limit).',
      },
      busyThreads: { metric: 'threads', metricAttribute: of('state', 'busy') },
      idleThreads: { metric: 'threads', metricAttribute: of('state', 'idle') },
      maxThreads: { metric: 'threads', metricAttribute: of('state', 'limit') },
      queueSize: { metric: 'queue', desc: 'Jobs that wait for a thread.' },
    },
  },
  {
    bean: 'org.eclipse.jetty.io:type=connectionstatistics,*',
    prefix: 'jetty_',
    mapping: {
      connections: { metric: 'connections', type: 'updowncounter', desc: 'Open connections.' },
      connectionsTotal: { metric: 'connections_opened', type: 'counter', desc: 'Connections opened.' },
      receivedBytes: {
        ...{ metric: 'network', type: 'counter', unit: 'By', metricAttribute: of('direction', 'received') },
        desc: 'Bytes of connections by direction.',
      },
      sentBytes: { metric: 'network', type: 'counter', unit: 'By', metricAttribute: of('direction', 'sent') },
    },
  },
  {
    beans: [
      'org.eclipse.jetty.server.session:type=defaultsessioncache,*',
      'org.eclipse.jetty.session:type=defaultsessioncache,*',
    ],
    ...{ prefix: 'jetty_sessions_', metricAttribute: { context: 'param(context)' } },
    mapping: {
      sessionsCurrent: { metric: 'active', type: 'updowncounter', desc: 'Sessions in memory by context.' },
      sessionsTotal: { metric: 'created', type: 'counter', desc: 'Sessions that came into memory.' },
    },
  },
  {
    bean: 'org.eclipse.jetty.io:type=managedselector,*',
    mapping: { selectCount: { metric: 'jetty_selects', type: 'counter', desc: 'Calls of select.' } },
  },
];
