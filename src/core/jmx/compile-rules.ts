import type { MetricDefinition, MetricTable } from '../plugin/metric.ts';
import { canonicalName } from './object-name.ts';
import { beansOf, type JmxFigure, type JmxRule, LABEL_SOURCE } from './rule.ts';
import { baseUnit } from './rule-unit.ts';

/** Where the value of a label comes from. */
export type LabelSource = {
  readonly kind: 'param' | 'beanattr' | 'const';
  /** Key, path or text. */
  readonly of: string;
  readonly lowercase: boolean;
};

/** The label that names a state; each state with the values that mean it, `*` for every other one. */
export type StateLabel = {
  readonly label: string;
  readonly values: readonly (readonly [state: string, meant: readonly string[]])[];
};

/** One figure of an MBean: the path to it, and the series it becomes. */
export type CompiledFigure = {
  readonly path: readonly string[];
  readonly metric: string;
  readonly factor: number;
  readonly labels: readonly (readonly [name: string, source: LabelSource])[];
  /** The attribute is a state: one series for each of these, 1 for the one that holds. */
  readonly states?: StateLabel;
  readonly dropsNegative: boolean;
  /** Figures of several beans that come to one series are added up; of others the last one counts. */
  readonly isSum: boolean;
};

/** All that is read of the beans of one name or pattern. */
export type BeanReading = {
  readonly bean: string;
  readonly attributes: readonly string[];
  readonly figures: readonly CompiledFigure[];
};

export type CompiledRules = { readonly readings: readonly BeanReading[]; readonly metrics: MetricTable };

const RESERVED = ['__name__', 'host', 'service', 'instance', 'zone'];

/** What rules ask for, and the series they give. Throws an Error that names the rule. */
export function compileRules(rules: readonly JmxRule[]): CompiledRules {
  const readings = new Map<string, { readonly bean: string; readonly figures: CompiledFigure[] }>();
  const metrics: Record<string, MetricDefinition> = {};
  for (const rule of rules) {
    for (const [path, own] of Object.entries(rule.mapping)) {
      const { figure, definition } = compileFigure(rule, path, own ?? {});
      metrics[figure.metric] = joined(metrics[figure.metric], definition);
      for (const bean of beansOf(rule)) {
        const reading = readings.get(canonicalName(bean)) ?? { bean, figures: [] };
        // Said twice, as by a ready rule and one of the operator's, it must not be added to itself.
        if (!reading.figures.some((known) => isSame(known, figure))) reading.figures.push(figure);
        readings.set(canonicalName(bean), reading);
      }
    }
  }
  return { readings: [...readings.values()].map(({ bean, figures }) => readingOf(bean, figures)), metrics };
}

/** True when both come to the same series. */
function isSame(a: CompiledFigure, b: CompiledFigure): boolean {
  const keyOf = ({ path, metric, labels }: CompiledFigure): string => JSON.stringify([path, metric, labels]);
  return keyOf(a) === keyOf(b);
}

function readingOf(bean: string, figures: readonly CompiledFigure[]): BeanReading {
  const paths = figures.flatMap(({ path, labels }) => [
    path,
    ...labels.flatMap(([, { kind, of }]) => (kind === 'beanattr' ? [pathOf(of)] : [])),
  ]);
  return { bean, figures, attributes: [...new Set(paths.map(([attribute = '']) => attribute))] };
}

/** `HeapMemoryUsage.used`; a dot that is part of a name stands behind a backslash. */
export function pathOf(text: string): string[] {
  return text.split(/(?<!\\)\./).map((part) => part.replaceAll('\\.', '.'));
}

function compileFigure(rule: JmxRule, path: string, own: JmxFigure) {
  const { type = 'gauge', unit = '', sourceUnit = unit, dropNegativeValues = false } = { ...rule, ...defined(own) };
  const isCounter = type === 'counter';
  const { base, factor } = baseUnit(unit, sourceUnit, type === 'gauge');
  const metric = metricName((rule.prefix ?? '') + (own.metric ?? snake(path)), base, isCounter);
  const sources = { ...rule.metricAttribute, ...own.metricAttribute };
  const labels = Object.entries(sources).flatMap(([name, source]) =>
    typeof source === 'string' ? [[labelName(name), labelSource(source)] as const] : [],
  );
  const states = stateLabel(sources);
  const figure: CompiledFigure = {
    ...{ path: pathOf(path), metric, factor, labels },
    ...{ dropsNegative: dropNegativeValues, isSum: type === 'counter' || type === 'updowncounter' },
    ...(states === undefined ? {} : { states }),
  };
  const definition: MetricDefinition = {
    ...{ kind: isCounter ? 'counter' : 'gauge', unit: base },
    help: own.desc ?? `${path} of ${beansOf(rule).join(', ')}.`,
    labels: [...labels.map(([name]) => name), ...(states === undefined ? [] : [states.label])],
  };
  return { figure, definition };
}

/** What an own setting leaves open is the rule's. */
function defined(own: JmxFigure): JmxFigure {
  return Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined));
}

/** The first one says what it is; labels of all of them may stand there. */
function joined(known: MetricDefinition | undefined, added: MetricDefinition): MetricDefinition {
  if (known === undefined) return added;
  return { ...known, labels: [...new Set([...known.labels, ...added.labels])] };
}

/** OpenTelemetry's name in its Prometheus spelling. */
function metricName(name: string, unit: string, isCounter: boolean): string {
  const words = name.replaceAll(/[^A-Za-z0-9_]+/g, '_').replace(/_total$/, '');
  if (!/^[A-Za-z_]/.test(words)) throw new Error(`${name} is no name of a metric`);
  const withUnit = unit === '' || words.endsWith(`_${unit}`) ? words : `${words}_${unit}`;
  return isCounter ? `${withUnit}_total` : withUnit;
}

/** The name of a metric that the rule does not name: the attribute's, in small letters. */
function snake(path: string): string {
  return path.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
}

function labelName(text: string): string {
  const name = text.replaceAll(/[^A-Za-z0-9_]+/g, '_');
  if (!/^[A-Za-z_]/.test(name) || RESERVED.includes(name)) throw new Error(`a label of a rule cannot be named ${text}`);
  return name;
}

/** The label whose values are states; a figure has one at most. */
function stateLabel(sources: NonNullable<JmxRule['metricAttribute']>): StateLabel | undefined {
  for (const [name, source] of Object.entries(sources)) {
    if (typeof source === 'string') continue;
    return { label: labelName(name), values: Object.entries(source).map(([state, meant]) => [state, [meant].flat()]) };
  }
  return undefined;
}

function labelSource(text: string): LabelSource {
  const [, lowercase, kind = '', of = ''] = LABEL_SOURCE.exec(text) ?? [];
  return { kind: kind as LabelSource['kind'], of, lowercase: lowercase !== undefined };
}
