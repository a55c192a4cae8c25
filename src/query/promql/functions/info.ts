import type { Matcher } from '#core/metric-query/query.ts';
import { canonicalKey, NAME_LABEL } from '#core/model/labels.ts';
import type { Expr } from '#query/promql/ast.ts';
import type { CallContext, PromFunction } from '#query/promql/function-def.ts';
import type { VectorSeries } from '#query/promql/value.ts';
import { vectorArg } from './arguments.ts';
import { enrich } from './info-join.ts';
import { compileMatchers } from './matchers.ts';
import { metricOf, withoutParens } from './window-samples.ts';

/** Labels that say which info series belongs to a series. */
const IDENTIFYING_LABELS = ['instance', 'job'] as const;

const DEFAULT_NAME: Matcher = { label: NAME_LABEL, op: '=', value: 'target_info' };
const ANY_INFO: Matcher = { label: NAME_LABEL, op: '=~', value: '.+_info' };

/** The matchers of the second argument, apart those for the name of info metrics. */
function writtenMatchers({ call }: CallContext): {
  readonly names: readonly Matcher[];
  readonly data: readonly Matcher[];
} {
  const written = withoutParens(call.args[1]);
  const matchers = written?.kind === 'selector' ? written.matchers : [];
  const names = matchers.filter(({ label }) => label === NAME_LABEL);
  // What only says which metrics not to take is about all others that are named as info metrics are.
  const isNegative = names.length > 0 && names.every(({ op }) => op.startsWith('!'));
  return {
    names: isNegative ? [ANY_INFO, ...names] : names,
    data: matchers.filter(({ label }) => label !== NAME_LABEL),
  };
}

/** A test for info series themselves, which stay as they are. */
function infoTest(names: readonly Matcher[], { call }: CallContext): (series: VectorSeries) => boolean {
  const matchers = call.args.length > 1 ? names : [DEFAULT_NAME];
  const isNamed = compileMatchers(matchers);
  return ({ labels }) => matchers.length > 0 && isNamed(metricOf(labels));
}

function identifyingMatchers(series: readonly VectorSeries[]): readonly Matcher[] {
  return IDENTIFYING_LABELS.flatMap((label) => {
    const values = new Set(series.map(({ labels }) => labels[label] ?? '').filter((value) => value !== ''));
    if (values.size === 0) return [];
    const value = [...values].map((each) => each.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&')).join('|');
    return [{ label, op: '=~', value } as const];
  });
}

/** Where in time the first selector within an expression reads, relative to the step. */
function shiftOf(expr: Expr | undefined): { readonly offset: number; readonly at?: number | 'start' | 'end' } {
  let shift: { offset: number; at?: number | 'start' | 'end' } = { offset: 0 };
  for (let node = expr; node !== undefined; node = childOf(node)) {
    const place = node.kind === 'matrix' ? node.selector : node;
    if (place.kind !== 'selector' && place.kind !== 'subquery') continue;
    if (place.at === undefined) shift = { ...shift, offset: shift.offset + place.offset };
    else shift = { offset: place.offset, at: place.at };
  }
  return shift;
}

function childOf(node: Expr): Expr | undefined {
  switch (node.kind) {
    case 'paren':
    case 'unary':
    case 'subquery':
    case 'aggregate':
      return node.expr;
    case 'binary':
      return hasSelector(node.left) ? node.left : node.right;
    case 'call':
      return node.args.find(hasSelector);
    default:
      return undefined;
  }
}

function hasSelector(expr: Expr): boolean {
  if (expr.kind === 'selector' || expr.kind === 'matrix') return true;
  const child = childOf(expr);
  return child !== undefined && hasSelector(child);
}

/** `info`: labels of info metrics that describe the same instance and job. */
export const infoFunctions: readonly PromFunction[] = [
  {
    kind: 'whole',
    name: 'info',
    help: 'Adds labels of info metrics with the same instance and job, those of target_info unless a selector says which.',
    args: ['vector', 'vector'],
    optional: 1,
    returns: 'vector',
    experimental: true,
    secondSelector: (first, context) => {
      const { names, data } = writtenMatchers(context);
      const isInfo = infoTest(names, context);
      const base = vectorArg([first], 0).filter((series) => !isInfo(series));
      const identifying = identifyingMatchers(base);
      if (identifying.length === 0) return undefined;
      const matchers = [...(names.length === 0 ? [DEFAULT_NAME] : names), ...data, ...identifying];
      return { matchers, ...shiftOf(context.call.args[0]) };
    },
    evaluate: (args, context) => {
      const { names, data } = writtenMatchers(context);
      const isInfo = infoTest(names, context);
      const plain = new Set(
        vectorArg(args, 0)
          .filter(isInfo)
          .map(({ labels }) => canonicalKey(labels)),
      );
      const info = args.length > 1 ? vectorArg(args, 1) : [];
      return { kind: 'vector', series: enrich(vectorArg(args, 0), info, { data, plain, count: context.steps.count }) };
    },
  },
];
