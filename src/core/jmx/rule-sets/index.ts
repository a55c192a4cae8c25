import type { MetricTable } from '#core/plugin/metric.ts';
import { compileRules } from '../compile-rules.ts';
import type { JmxRule } from '../rule.ts';
import { ACTIVEMQ_RULES } from './activemq.ts';
import { CASSANDRA_RULES } from './cassandra.ts';
import { EHCACHE_RULES } from './ehcache.ts';
import { JETTY_RULES } from './jetty.ts';
import { JVM_RULES } from './jvm.ts';
import { KAFKA_RULES } from './kafka.ts';
import { TOMCAT_RULES } from './tomcat.ts';

/** Rules that are ready, by what they are for; beans that are not there cost next to nothing. */
export const RULE_SETS = {
  jvm: JVM_RULES,
  tomcat: TOMCAT_RULES,
  jetty: JETTY_RULES,
  ehcache: EHCACHE_RULES,
  cassandra: CASSANDRA_RULES,
  kafka: KAFKA_RULES,
  activemq: ACTIVEMQ_RULES,
} as const satisfies Readonly<Record<string, readonly JmxRule[]>>;
export type RuleSet = keyof typeof RULE_SETS;
export const RULE_SET_NAMES = Object.keys(RULE_SETS) as RuleSet[];

/** Every series of the sets of these names. */
export const metricsOfSets = (names: readonly RuleSet[]): MetricTable =>
  compileRules(names.flatMap((name): readonly JmxRule[] => RULE_SETS[name])).metrics;
