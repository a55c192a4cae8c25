import { metricsOfSets } from '#core/jmx/rule-sets/index.ts';
import type { MetricTable } from '#core/plugin/metric.ts';

/** Rule sets that it reads by. */
export const JETTY_SETS = ['jetty', 'jvm'] as const;

/** Every series of the Jetty collector. */
export const JETTY_METRICS: MetricTable = metricsOfSets(JETTY_SETS);
