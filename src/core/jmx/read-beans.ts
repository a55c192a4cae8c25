import type { CollectedValue } from '../plugin/collector.ts';
import { type BeanReading, type CompiledFigure, type LabelSource, pathOf, type StateLabel } from './compile-rules.ts';
import { keysOfName } from './object-name.ts';

/** An MBean as it was read; composite and tabular values are objects. */
export type Bean = { readonly name: string; readonly attributes: Readonly<Record<string, unknown>> };

/** Beans that answered a reading. */
export type ReadBeans = { readonly reading: BeanReading; readonly beans: readonly Bean[] };

/** Values of the figures that the beans have; what is no number, or has no label, is passed over. */
export function valuesOfBeans(answers: readonly ReadBeans[]): CollectedValue[] {
  const series = new Map<string, CollectedValue>();
  for (const { reading, beans } of answers) {
    for (const bean of beans) {
      const keys = keysOfName(bean.name);
      for (const figure of reading.figures) take(series, figure, bean, keys);
    }
  }
  return [...series.values()];
}

function take(
  series: Map<string, CollectedValue>,
  figure: CompiledFigure,
  bean: Bean,
  keys: ReadonlyMap<string, string>,
): void {
  const { path, metric, factor, dropsNegative, isSum, states } = figure;
  const labels: Record<string, string> = {};
  for (const [name, source] of figure.labels) {
    const text = labelOf(source, bean, keys);
    if (text === undefined) return;
    labels[name] = text;
  }
  const add = (value: number, more: Readonly<Record<string, string>> = {}): void => {
    const all = { ...labels, ...more };
    const key = JSON.stringify([metric, ...Object.values(all)]);
    const before = isSum ? (series.get(key)?.value ?? 0) : 0;
    series.set(key, { metric, labels: all, value: before + value });
  };
  const found = at(bean.attributes, path);
  if (states !== undefined) {
    for (const [state, holds] of statesOf(states, found)) add(Number(holds), { [states.label]: state });
    return;
  }
  const number = numberOf(found);
  if (number !== undefined && !(dropsNegative && number < 0)) add(number * factor);
}

/** Each state and whether it holds; nothing for what has no value. */
function statesOf({ values }: StateLabel, found: unknown): (readonly [state: string, holds: boolean])[] {
  if (found === undefined || found === null) return [];
  const text = String(found as string | number | boolean);
  const holding = values.find(([, meant]) => meant.includes(text)) ?? values.find(([, meant]) => meant.includes('*'));
  return values.map(([state]) => [state, state === holding?.[0]]);
}

function labelOf({ kind, of, lowercase }: LabelSource, bean: Bean, keys: ReadonlyMap<string, string>) {
  const found = kind === 'const' ? of : kind === 'param' ? keys.get(of) : at(bean.attributes, pathOf(of));
  if (typeof found !== 'string' && typeof found !== 'number' && typeof found !== 'boolean') return undefined;
  return lowercase ? String(found).toLowerCase() : String(found);
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, part) =>
      typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[part] : undefined,
    value,
  );
}

/** Numbers that came as text are numbers too (long values of some agents). */
function numberOf(value: unknown): number | undefined {
  if (typeof value === 'boolean') return Number(value);
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}
