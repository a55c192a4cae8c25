import { z } from 'zod';
import type { MetricTable } from '../plugin/metric.ts';
import { type BeanReading, compileRules } from './compile-rules.ts';
import type { JmxRule } from './rule.ts';
import { RULE_SET_NAMES, RULE_SETS } from './rule-sets/index.ts';
import { parseRules, rulesOption } from './rule-text.ts';
import { withStart } from './virtual-machine.ts';

/** Options of whoever reads MBeans by rules. */
export const JMX_OPTIONS = {
  sets: z
    .array(z.enum(RULE_SET_NAMES))
    .default([...RULE_SET_NAMES])
    .describe(`Ready rules to use: ${RULE_SET_NAMES.join(', ')}. Beans that are not there give nothing.`),
  rules: rulesOption,
} as const;

export type JmxOptions = { readonly sets: readonly (keyof typeof RULE_SETS)[]; readonly rules?: string | undefined };

const ownRules = ({ rules }: JmxOptions): readonly JmxRule[] => (rules === undefined ? [] : parseRules(rules));

/** All that a target is asked for. */
export function readingsOf(options: JmxOptions): readonly BeanReading[] {
  const ready = options.sets.flatMap((name): readonly JmxRule[] => RULE_SETS[name]);
  return withStart(compileRules([...ready, ...ownRules(options)]).readings);
}

/** Series of the rules that the operator wrote. */
export function ownMetrics(options: JmxOptions): MetricTable {
  return compileRules(ownRules(options)).metrics;
}
