import type { JmxRule } from '../rule.ts';

const beans = (keys: string): string[] => [`Catalina:${keys}`, `Tomcat:${keys}`];
const state = (of: string): JmxRule['metricAttribute'] => ({ state: `const(${of})` });
const THREADS = 'Threads of a connector: all, busy, and the most there may be (limit).';
const CONNECTIONS = 'Connections of a connector: open, kept alive, and the most there may be (limit).';
const DATASOURCE = 'Connections of a data source: active, idle, and the most there may be (limit).';

/** Tomcat on its own (`Catalina:`) and embedded (`Tomcat:`). */
export const TOMCAT_RULES: readonly JmxRule[] = [
  {
    beans: beans('type=GlobalRequestProcessor,name=*'),
    ...{ prefix: 'tomcat_', type: 'counter', metricAttribute: { connector: 'param(name)' } },
    mapping: {
      requestCount: { metric: 'requests', desc: 'Requests by connector.' },
      errorCount: { metric: 'errors', desc: 'Requests that ended with an error.' },
      processingTime: {
        ...{ metric: 'request_time', unit: 's', sourceUnit: 'ms' },
        desc: 'Time that requests took, added up.',
      },
      bytesReceived: {
        ...{ metric: 'network', unit: 'By', metricAttribute: { direction: 'const(received)' } },
        desc: 'Bytes of bodies by direction.',
      },
      bytesSent: { metric: 'network', unit: 'By', metricAttribute: { direction: 'const(sent)' } },
    },
  },
  {
    beans: beans('type=ThreadPool,name=*'),
    ...{ prefix: 'tomcat_', type: 'updowncounter', dropNegativeValues: true },
    metricAttribute: { connector: 'param(name)' },
    mapping: {
      currentThreadCount: { metric: 'threads', metricAttribute: state('all'), desc: THREADS },
      currentThreadsBusy: { metric: 'threads', metricAttribute: state('busy') },
      maxThreads: { metric: 'threads', metricAttribute: state('limit') },
      connectionCount: { metric: 'connections', metricAttribute: state('open'), desc: CONNECTIONS },
      keepAliveCount: { metric: 'connections', metricAttribute: state('kept_alive') },
      maxConnections: { metric: 'connections', metricAttribute: state('limit') },
    },
  },
  {
    beans: beans('type=Manager,host=*,context=*'),
    ...{ prefix: 'tomcat_sessions_', dropNegativeValues: true },
    metricAttribute: { virtual_host: 'param(host)', context: 'param(context)' },
    mapping: {
      activeSessions: { metric: 'active', type: 'updowncounter', desc: 'Sessions that are open.' },
      sessionCounter: { metric: 'created', type: 'counter', desc: 'Sessions opened.' },
      expiredSessions: { metric: 'expired', type: 'counter', desc: 'Sessions that expired.' },
      rejectedSessions: { metric: 'rejected', type: 'counter', desc: 'Sessions refused because the most were open.' },
    },
  },
  {
    beans: beans('type=DataSource,class=javax.sql.DataSource,name=*,*'),
    ...{ type: 'updowncounter', dropNegativeValues: true, metricAttribute: { datasource: 'param(name)' } },
    mapping: {
      numActive: { metric: 'tomcat_datasource_connections', metricAttribute: state('active'), desc: DATASOURCE },
      numIdle: { metric: 'tomcat_datasource_connections', metricAttribute: state('idle') },
      maxTotal: { metric: 'tomcat_datasource_connections', metricAttribute: state('limit') },
    },
  },
];
