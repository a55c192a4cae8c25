import type { CollectedValue, Collection } from '#core/plugin/collector.ts';
import { type Bean, composite, parseBeans } from './beans.ts';
import type { TOMCAT_METRICS } from './metrics.ts';

type Metric = keyof typeof TOMCAT_METRICS;
type Labels = Readonly<Record<string, string>>;
type Figure = readonly [attribute: string, metric: Metric, labels?: Labels, factor?: number];
type Reader = (bean: Bean) => readonly CollectedValue[];

const MS = 0.001;
const NS = 1e-9;

const READERS: Readonly<Record<string, Reader>> = {
  GlobalRequestProcessor: figures(
    ({ keys }) => ({ connector: keys.get('name') ?? '' }),
    [
      ['requestCount', 'tomcat_requests_total'],
      ['errorCount', 'tomcat_errors_total'],
      ['processingTime', 'tomcat_request_time_seconds_total', {}, MS],
      ['maxTime', 'tomcat_request_time_max_seconds', {}, MS],
      ['bytesReceived', 'tomcat_network_bytes_total', { direction: 'received' }],
      ['bytesSent', 'tomcat_network_bytes_total', { direction: 'sent' }],
    ],
  ),
  ThreadPool: figures(
    ({ keys }) => ({ connector: keys.get('name') ?? '' }),
    [
      ['currentThreadCount', 'tomcat_threads', { state: 'all' }],
      ['currentThreadsBusy', 'tomcat_threads', { state: 'busy' }],
      ['maxThreads', 'tomcat_threads', { state: 'limit' }],
      ['connectionCount', 'tomcat_connections', { state: 'open' }],
      ['keepAliveCount', 'tomcat_connections', { state: 'kept_alive' }],
      ['maxConnections', 'tomcat_connections', { state: 'limit' }],
    ],
  ),
  Manager: figures(
    ({ keys }) => ({ virtual_host: keys.get('host') ?? '', context: keys.get('context') ?? '' }),
    [
      ['activeSessions', 'tomcat_sessions_active'],
      ['maxActiveSessions', 'tomcat_sessions_limit'],
      ['sessionCounter', 'tomcat_sessions_created_total'],
      ['expiredSessions', 'tomcat_sessions_expired_total'],
      ['rejectedSessions', 'tomcat_sessions_rejected_total'],
    ],
  ),
  DataSource: figures(
    ({ keys }) => ({ datasource: keys.get('name') ?? '' }),
    [
      ['numActive', 'tomcat_datasource_connections', { state: 'active' }],
      ['numIdle', 'tomcat_datasource_connections', { state: 'idle' }],
      ['maxTotal', 'tomcat_datasource_connections', { state: 'limit' }],
    ],
  ),
  Runtime: figures(() => ({}), [['Uptime', 'jvm_uptime_seconds_total', {}, MS]]),
  Memory: ({ attributes }) => [
    ...memoryOf('heap', composite(attributes.get('HeapMemoryUsage'))),
    ...memoryOf('non_heap', composite(attributes.get('NonHeapMemoryUsage'))),
  ],
  MemoryPool: ({ keys, attributes }) => {
    const usage = composite(attributes.get('Usage'));
    const labels = { pool: keys.get('name') ?? '' };
    return [
      ...amount('jvm_memory_pool_used_bytes', usage.get('used'), labels),
      ...amount('jvm_memory_pool_limit_bytes', usage.get('max'), labels),
    ];
  },
  GarbageCollector: figures(
    ({ keys }) => ({ gc: keys.get('name') ?? '' }),
    [
      ['CollectionCount', 'jvm_gc_collections_total'],
      ['CollectionTime', 'jvm_gc_time_seconds_total', {}, MS],
    ],
  ),
  Threading: figures(
    () => ({}),
    [
      ['ThreadCount', 'jvm_threads', { kind: 'all' }],
      ['DaemonThreadCount', 'jvm_threads', { kind: 'daemon' }],
    ],
  ),
  ClassLoading: figures(() => ({}), [['LoadedClassCount', 'jvm_classes_loaded']]),
  OperatingSystem: figures(
    () => ({}),
    [
      ['ProcessCpuTime', 'jvm_cpu_time_seconds_total', {}, NS],
      ['OpenFileDescriptorCount', 'jvm_files_open'],
      ['MaxFileDescriptorCount', 'jvm_files_limit'],
    ],
  ),
};

/** Queries of the JMX proxy: of Tomcat's own domain, and of the virtual machine. */
export function queries(domain: string): readonly string[] {
  const own = ['GlobalRequestProcessor', 'ThreadPool', 'Manager', 'DataSource'].map(
    (type) => `${domain}:type=${type},*`,
  );
  const machine = ['Runtime', 'Memory', 'Threading', 'ClassLoading', 'OperatingSystem'].map(
    (type) => `java.lang:type=${type}`,
  );
  return [...own, ...machine, 'java.lang:type=MemoryPool,*', 'java.lang:type=GarbageCollector,*'];
}

/** The answer of the JMX proxy to one of them. */
export function parseAnswer(text: string): Collection {
  const beans = parseBeans(text);
  const started = beans.map(({ attributes }) => Number(attributes.get('StartTime'))).find(Number.isFinite);
  return {
    values: beans.flatMap((bean) => READERS[bean.keys.get('type') ?? '']?.(bean) ?? []),
    ...(started === undefined ? {} : { startedAt: started }),
  };
}

/** For the golden cases. */
export const parsers = { tomcat: parseAnswer, jvm: parseAnswer };

function figures(labelsOf: (bean: Bean) => Labels, table: readonly Figure[]): Reader {
  return (bean) => {
    const labels = labelsOf(bean);
    return table.flatMap(([attribute, metric, more = {}, factor = 1]) => {
      const text = bean.attributes.get(attribute);
      return amount(metric, text === undefined ? undefined : Number(text) * factor, { ...labels, ...more });
    });
  };
}

function memoryOf(area: string, usage: ReadonlyMap<string, number>): CollectedValue[] {
  return [
    ...amount('jvm_memory_used_bytes', usage.get('used'), { area }),
    ...amount('jvm_memory_committed_bytes', usage.get('committed'), { area }),
    ...amount('jvm_memory_limit_bytes', usage.get('max'), { area }),
  ];
}

/** -1 says that there is no limit, or that it is not known. */
function amount(metric: Metric, value: number | undefined, labels: Labels): CollectedValue[] {
  return value === undefined || !(value >= 0) || !Number.isFinite(value) ? [] : [{ metric, labels, value }];
}
