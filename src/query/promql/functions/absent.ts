import type { Matcher } from '#core/metric-query/query.ts';
import { type Labels, NAME_LABEL } from '#core/model/labels.ts';
import type { Expr } from '#query/promql/ast.ts';
import type { PromFunction } from '#query/promql/function-def.ts';
import { vectorArg } from './arguments.ts';
import { floatSeries, found } from './float-series.ts';

/** The labels that a selector says a series would have: those with one matcher, and that for equality. */
function labelsOfSelector(argument: Expr | undefined): Labels {
  const labels: Record<string, string> = Object.create(null) as Record<string, string>;
  const seen = new Set<string>();
  for (const { label, op, value } of matchersOf(argument)) {
    if (label === NAME_LABEL) continue;
    if (op === '=' && !seen.has(label)) {
      if (value !== '') labels[label] = value;
      seen.add(label);
    } else delete labels[label];
  }
  return labels;
}

function matchersOf(argument: Expr | undefined): readonly Matcher[] {
  if (argument?.kind === 'selector') return argument.matchers;
  return argument?.kind === 'matrix' ? argument.selector.matchers : [];
}

const absent: PromFunction = {
  kind: 'whole',
  name: 'absent',
  help: '1 when the vector has no series, nothing otherwise.',
  args: ['vector'],
  optional: 0,
  returns: 'vector',
  evaluate: (args, { steps, call }) => {
    const series = vectorArg(args, 0);
    const labels = labelsOfSelector(call.args[0]);
    const missing = floatSeries({ labels }, steps.count, (i) =>
      series.some(({ present }) => present[i] === 1) ? undefined : 1,
    );
    return { kind: 'vector', series: found([missing]) };
  },
};

const absentOverTime: PromFunction = {
  kind: 'matrix',
  name: 'absent_over_time',
  help: '1 when the range vector has no sample, nothing otherwise.',
  args: ['matrix'],
  optional: 0,
  returns: 'vector',
  evaluate: ({ windowsOf, labels }, { steps, call }) => {
    const isPresent = new Uint8Array(steps.count);
    for (const series of labels.keys()) {
      const windowAt = windowsOf(series);
      for (let i = 0; i < steps.count; i++) {
        const { from, to } = windowAt(i);
        if (to > from) isPresent[i] = 1;
      }
    }
    return found([
      floatSeries({ labels: labelsOfSelector(call.args[0]) }, steps.count, (i) => (isPresent[i] === 1 ? undefined : 1)),
    ]);
  },
};

/** What answers where nothing is. */
export const absentFunctions: readonly PromFunction[] = [absent, absentOverTime];
