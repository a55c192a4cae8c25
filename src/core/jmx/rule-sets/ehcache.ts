import type { JmxRule } from '../rule.ts';

const tier = (of: string): JmxRule['metricAttribute'] => ({ tier: `const(${of})` });
const CACHE = { manager: 'param(CacheManager)', cache: 'param(name)' };

/** Ehcache 2 (`net.sf.ehcache`), and the caches of JCache, so of Ehcache 3 too (`javax.cache`). */
export const EHCACHE_RULES: readonly JmxRule[] = [
  {
    bean: 'net.sf.ehcache:type=CacheStatistics,*',
    ...{ prefix: 'ehcache_', type: 'counter', metricAttribute: CACHE },
    mapping: {
      CacheHits: { metric: 'hits', desc: 'Times that something was found in the cache.' },
      CacheMisses: { metric: 'misses', desc: 'Times that something was not in the cache.' },
      InMemoryHits: { metric: 'tier_hits', metricAttribute: tier('heap'), desc: 'Hits by tier: heap, offheap, disk.' },
      OffHeapHits: { metric: 'tier_hits', metricAttribute: tier('offheap') },
      OnDiskHits: { metric: 'tier_hits', metricAttribute: tier('disk') },
      MemoryStoreObjectCount: {
        ...{ metric: 'objects', type: 'updowncounter', metricAttribute: tier('heap') },
        desc: 'Objects by tier: heap, offheap, disk.',
      },
      OffHeapStoreObjectCount: { metric: 'objects', type: 'updowncounter', metricAttribute: tier('offheap') },
      DiskStoreObjectCount: { metric: 'objects', type: 'updowncounter', metricAttribute: tier('disk') },
      WriterQueueLength: { metric: 'writer_queue', type: 'updowncounter', desc: 'Writes that wait (write-behind).' },
    },
  },
  {
    bean: 'net.sf.ehcache:type=CacheConfiguration,*',
    ...{ prefix: 'ehcache_', type: 'updowncounter', metricAttribute: CACHE },
    mapping: {
      MaxEntriesLocalHeap: { metric: 'objects_limit', desc: 'Most objects on the heap; 0 is no limit.' },
    },
  },
  {
    bean: 'javax.cache:type=CacheStatistics,*',
    ...{ prefix: 'ehcache_', type: 'counter' },
    metricAttribute: { manager: 'param(CacheManager)', cache: 'param(Cache)' },
    mapping: {
      CacheHits: { metric: 'hits' },
      CacheMisses: { metric: 'misses' },
      CachePuts: { metric: 'puts', desc: 'Objects put into the cache (JCache).' },
      CacheRemovals: { metric: 'removals', desc: 'Objects taken out of the cache (JCache).' },
      CacheEvictions: { metric: 'evictions', desc: 'Objects that made room for others (JCache).' },
      AverageGetTime: {
        ...{ metric: 'get_time', type: 'gauge', unit: 's', sourceUnit: 'us' },
        desc: 'Mean time of a get (JCache).',
      },
    },
  },
];
