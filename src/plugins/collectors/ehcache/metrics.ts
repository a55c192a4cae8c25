import { metricsOfSets } from '#core/jmx/rule-sets/index.ts';
import type { MetricTable } from '#core/plugin/metric.ts';

/** Rule sets that it reads by. */
export const EHCACHE_SETS = ['ehcache'] as const;

/** Every series of the Ehcache collector. */
export const EHCACHE_METRICS: MetricTable = metricsOfSets(EHCACHE_SETS);
