import { below, children, type Resource, resourceOf } from './management-answer.ts';
import { type Figure, figures, type Labels, type Part } from './part.ts';

const MS = 0.001;
const NS = 1e-9;

const MEMORY: readonly Figure[] = [
  ['used', 'jvm_memory_used_bytes'],
  ['committed', 'jvm_memory_committed_bytes'],
  ['max', 'jvm_memory_limit_bytes'],
];
const SYSTEM: readonly Figure[] = [
  ['process-cpu-time', 'jvm_cpu_time_seconds_total', {}, NS],
  ['available-processors', 'jvm_cpus'],
  ['system-load-average', 'jvm_system_load_average_1m'],
  ['open-file-descriptor-count', 'jvm_files_open'],
  ['max-file-descriptor-count', 'jvm_files_limit'],
];
const THREADS: readonly Figure[] = [
  ['thread-count', 'jvm_threads', { kind: 'all' }],
  ['daemon-thread-count', 'jvm_threads', { kind: 'daemon' }],
  ['total-started-thread-count', 'jvm_threads_started_total'],
];
const CLASSES: readonly Figure[] = [
  ['loaded-class-count', 'jvm_classes_loaded'],
  ['unloaded-class-count', 'jvm_classes_unloaded_total'],
];
const COLLECTIONS: readonly Figure[] = [
  ['collection-count', 'jvm_gc_collections_total'],
  ['collection-time', 'jvm_gc_time_seconds_total', {}, MS],
];
const BUFFERS: readonly Figure[] = [
  ['count', 'jvm_buffers_open'],
  ['memory-used', 'jvm_buffers_used_bytes'],
];

/** `core-service=platform-mbean`, read recursively: the virtual machine of a server, and when it started. */
export function parseMachine(text: string, server: string): Part & { readonly startedAt?: number } {
  const types = below(resourceOf(text), 'type');
  const labels = { server };
  const started = below(types, 'runtime')['start-time'];
  const values = [
    ...figures(below(types, 'runtime'), labels, [['uptime', 'jvm_uptime_seconds_total', {}, MS]]),
    ...figures(below(types, 'memory', 'heap-memory-usage'), { ...labels, area: 'heap' }, MEMORY),
    ...figures(below(types, 'memory', 'non-heap-memory-usage'), { ...labels, area: 'non_heap' }, MEMORY),
    ...figures(below(types, 'threading'), labels, THREADS),
    ...figures(below(types, 'class-loading'), labels, CLASSES),
    ...figures(below(types, 'operating-system'), labels, SYSTEM),
    ...named(types, 'garbage-collector').flatMap(([gc, bean]) => figures(bean, { ...labels, gc }, COLLECTIONS)),
    ...named(types, 'buffer-pool').flatMap(([pool, bean]) => figures(bean, { ...labels, pool }, BUFFERS)),
    ...named(types, 'memory-pool').flatMap(([pool, bean]) => poolValues(bean, { ...labels, pool })),
  ];
  return { values, states: [], ...(typeof started === 'number' ? { startedAt: started } : {}) };
}

/** Beans of a type by name; the model has no blanks in them. */
const named = (types: Resource, type: string) =>
  children(below(types, type, 'name')).map(([name, bean]) => [name.replaceAll('_', ' '), bean] as const);

function poolValues(bean: Resource, labels: Labels) {
  return [
    ...figures(below(bean, 'usage'), labels, [
      ['used', 'jvm_memory_pool_used_bytes'],
      ['max', 'jvm_memory_pool_limit_bytes'],
    ]),
    ...figures(below(bean, 'collection-usage'), labels, [['used', 'jvm_memory_pool_used_after_gc_bytes']]),
  ];
}
