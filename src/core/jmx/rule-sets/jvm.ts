import type { JmxRule } from '../rule.ts';

const area = (of: string): JmxRule['metricAttribute'] => ({ area: `const(${of})` });

/** The virtual machine itself: every JVM has these beans. */
export const JVM_RULES: readonly JmxRule[] = [
  {
    bean: 'java.lang:type=Runtime',
    mapping: {
      Uptime: {
        ...{ metric: 'jvm_uptime', type: 'counter', unit: 's', sourceUnit: 'ms' },
        desc: 'Time since the start of the virtual machine.',
      },
    },
  },
  {
    bean: 'java.lang:type=Memory',
    ...{ prefix: 'jvm_memory_', type: 'updowncounter', unit: 'By', dropNegativeValues: true },
    mapping: {
      'HeapMemoryUsage.used': {
        ...{ metric: 'used', metricAttribute: area('heap') },
        desc: 'Memory in use by area: heap or non_heap.',
      },
      'NonHeapMemoryUsage.used': { metric: 'used', metricAttribute: area('non_heap') },
      'HeapMemoryUsage.committed': {
        ...{ metric: 'committed', metricAttribute: area('heap') },
        desc: 'Memory taken from the system by area.',
      },
      'NonHeapMemoryUsage.committed': { metric: 'committed', metricAttribute: area('non_heap') },
      'HeapMemoryUsage.max': {
        ...{ metric: 'limit', metricAttribute: area('heap') },
        desc: 'Memory it may take by area; absent without a limit.',
      },
      'NonHeapMemoryUsage.max': { metric: 'limit', metricAttribute: area('non_heap') },
    },
  },
  {
    bean: 'java.lang:type=MemoryPool,name=*',
    ...{ prefix: 'jvm_memory_pool_', type: 'updowncounter', unit: 'By', dropNegativeValues: true },
    metricAttribute: { pool: 'param(name)' },
    mapping: {
      'Usage.used': { metric: 'used', desc: 'Memory in use by pool.' },
      'Usage.max': { metric: 'limit', desc: 'Memory a pool may take; absent without a limit.' },
      'CollectionUsage.used': { metric: 'used_after_gc', desc: 'Memory in use by pool after the last collection.' },
    },
  },
  {
    bean: 'java.lang:type=GarbageCollector,name=*',
    ...{ prefix: 'jvm_gc_', type: 'counter', metricAttribute: { gc: 'param(name)' }, dropNegativeValues: true },
    mapping: {
      CollectionCount: { metric: 'collections', desc: 'Collections of garbage by collector.' },
      CollectionTime: { metric: 'time', unit: 's', sourceUnit: 'ms', desc: 'Time of collections by collector.' },
    },
  },
  {
    bean: 'java.lang:type=Threading',
    mapping: {
      ThreadCount: {
        ...{ metric: 'jvm_threads', type: 'updowncounter', metricAttribute: { kind: 'const(all)' } },
        desc: 'Threads by kind: all, daemon.',
      },
      DaemonThreadCount: {
        ...{ metric: 'jvm_threads', type: 'updowncounter', metricAttribute: { kind: 'const(daemon)' } },
      },
      TotalStartedThreadCount: { metric: 'jvm_threads_started', type: 'counter', desc: 'Threads started.' },
    },
  },
  {
    bean: 'java.lang:type=ClassLoading',
    prefix: 'jvm_classes_',
    mapping: {
      LoadedClassCount: { metric: 'loaded', type: 'updowncounter', desc: 'Classes that are loaded.' },
      UnloadedClassCount: { metric: 'unloaded', type: 'counter', desc: 'Classes unloaded.' },
    },
  },
  {
    bean: 'java.lang:type=OperatingSystem',
    ...{ prefix: 'jvm_', dropNegativeValues: true },
    mapping: {
      ProcessCpuTime: {
        ...{ metric: 'cpu_time', type: 'counter', unit: 's', sourceUnit: 'ns' },
        desc: 'Processor time.',
      },
      AvailableProcessors: { metric: 'cpus', type: 'updowncounter', desc: 'Processors it may use.' },
      SystemLoadAverage: { metric: 'system_load_average_1m', desc: 'Load of the machine over 1 minute.' },
      OpenFileDescriptorCount: { metric: 'files_open', type: 'updowncounter', desc: 'Open file descriptors.' },
      MaxFileDescriptorCount: {
        ...{ metric: 'files_limit', type: 'updowncounter' },
        desc: 'Most file descriptors it may open.',
      },
    },
  },
  {
    bean: 'java.nio:type=BufferPool,name=*',
    ...{ prefix: 'jvm_buffers_', type: 'updowncounter', metricAttribute: { pool: 'param(name)' } },
    mapping: {
      Count: { metric: 'open', desc: 'Buffers outside of the heap by pool.' },
      MemoryUsed: { metric: 'used', unit: 'By', desc: 'Memory of buffers outside of the heap by pool.' },
    },
  },
];
