import { z } from 'zod';

const TYPES = ['counter', 'updowncounter', 'gauge', 'state'] as const;

/** How a label gets its value: `param(key)` of the name, `beanattr(path)`, `const(text)`; `lowercase(…)` around one. */
export const LABEL_SOURCE = /^(?:(lowercase)\(\s*)?(param|beanattr|const)\(\s*([^()]*?)\s*\)\s*\)?$/;

const labelSource = z
  .string()
  .regex(LABEL_SOURCE, 'write param(key), beanattr(attribute), const(text) or lowercase(…) of one of them');
/** States by name, each with the values that mean it; `*` is every other value. The figure is 1 for the one that holds. */
const states = z.record(z.string().min(1), z.union([z.string(), z.array(z.string())]));
const labels = z.record(z.string().min(1), z.union([labelSource, states]));

/** What a rule may say once for all its figures. */
const DEFAULTS = {
  type: z.enum(TYPES).optional(),
  unit: z.string().optional(),
  sourceUnit: z.string().optional(),
  metricAttribute: labels.optional(),
  dropNegativeValues: z.boolean().optional(),
};

const Figure = z.strictObject({
  ...DEFAULTS,
  metric: z.string().min(1).optional(),
  desc: z.string().optional(),
});

/**
 * From MBeans to metrics, in the rule language of the JMX metrics of OpenTelemetry (java instrumentation, `jmx-metrics`):
 * names or patterns of beans, and for each attribute or path into one (`HeapMemoryUsage.used`) a metric.
 */
export const JmxRule = z
  .strictObject({
    bean: z.string().optional(),
    beans: z.array(z.string()).optional(),
    prefix: z.string().optional(),
    mapping: z.record(z.string().min(1), Figure.nullish()),
    ...DEFAULTS,
  })
  .superRefine((rule, issues) => {
    const beans = beansOf(rule);
    if (beans.length === 0) issues.addIssue('a rule needs `bean` or `beans`');
    for (const bean of beans) if (!/^[^:,=]*:.*[=*]/.test(bean)) issues.addIssue(`${bean} is no name of an MBean`);
  });
export type JmxRule = z.infer<typeof JmxRule>;
export type JmxFigure = z.infer<typeof Figure>;

/** A file of rules. */
export const JmxRules = z.strictObject({ rules: z.array(JmxRule).min(1) });

/** Names and patterns of a rule. */
export const beansOf = ({ bean, beans = [] }: Pick<JmxRule, 'bean' | 'beans'>): readonly string[] => [
  ...(bean === undefined ? [] : [bean]),
  ...beans,
];
