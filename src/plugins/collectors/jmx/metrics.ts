import { metricsOfSets, RULE_SET_NAMES } from '#core/jmx/rule-sets/index.ts';
import type { MetricTable } from '#core/plugin/metric.ts';

/** Every series of the ready rules; those of the operator's rules come on top. */
export const JMX_METRICS: MetricTable = metricsOfSets(RULE_SET_NAMES);
