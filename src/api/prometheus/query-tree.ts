import type { Matcher } from '#core/metric-query/query.ts';
import { NAME_LABEL } from '#core/model/labels.ts';
import type { RouteRequest, RouteResponse } from '#core/route.ts';
import type { AtModifier, Expr, VectorMatching, VectorSelector } from '#query/promql/ast.ts';
import { createFunctions } from '#query/promql/functions/index.ts';
import { formatPlain } from '#query/promql/number-text.ts';
import { explained, PromFields } from './fields.ts';
import type { PrometheusApi } from './prometheus-api.ts';
import { success } from './reply.ts';

type Functions = ReturnType<typeof createFunctions>;
type Of<K extends Expr['kind']> = Extract<Expr, { kind: K }>;
/** The text of a query and the functions it may use. */
type Place = { readonly text: string; readonly functions: Functions };

/** `/api/v1/parse_query`: the tree of a query as Prometheus writes it for its own pages (web/api/v1/translate_ast.go). */
export function createQueryTrees(): (api: PrometheusApi, request: RouteRequest) => RouteResponse {
  const functions = createFunctions();
  return ({ engine }, request) => {
    const text = new PromFields(request).text('query') ?? '';
    return success(
      treeOf(
        explained('query', () => engine.parse(text)),
        { text, functions },
      ),
    );
  };
}

function treeOf(expr: Expr, place: Place): unknown {
  const below = (inner: Expr): unknown => treeOf(inner, place);
  switch (expr.kind) {
    case 'number':
      return { type: 'numberLiteral', val: formatPlain(expr.value) };
    case 'string':
      return { type: 'stringLiteral', val: expr.value };
    case 'selector':
      return { type: 'vectorSelector', ...selectorFields(expr, place) };
    case 'matrix':
      return { type: 'matrixSelector', ...selectorFields(expr.selector, place), range: msOf(expr.range) };
    case 'subquery':
      return subqueryTree(expr, below(expr.expr));
    case 'call':
      return { type: 'call', func: functionFacts(expr.name, place), args: expr.args.map(below) };
    case 'aggregate':
      return aggregationTree(expr, below);
    case 'binary':
      return binaryTree(expr, below);
    case 'unary':
      return { type: 'unaryExpr', op: expr.op, expr: below(expr.expr) };
    case 'paren':
      return { type: 'parenExpr', expr: below(expr.expr) };
  }
}

function selectorFields(selector: VectorSelector, { text }: Place) {
  const names = selector.matchers.filter(({ label }) => label === NAME_LABEL);
  const others = selector.matchers.filter(({ label }) => label !== NAME_LABEL);
  const isNamed = text[selector.from] !== '{';
  return {
    name: isNamed ? (names[0]?.value ?? '') : '',
    offset: msOf(selector.offset),
    matchers: (isNamed ? [...others, ...names] : selector.matchers).map(matcherTree),
    ...timeFields(selector.at),
    anchored: selector.extension === 'anchored',
    smoothed: selector.extension === 'smoothed',
  };
}

const matcherTree = ({ label, op, value }: Matcher) => ({ name: label, value, type: op });

const timeFields = (at: AtModifier | undefined) => ({
  timestamp: typeof at === 'number' ? at : null,
  startOrEnd: typeof at === 'string' ? at : null,
});

/** Durations that only the evaluation knows (`step()`) are 0, as in Prometheus. */
const msOf = (ms: number | undefined): number => (ms === undefined || Number.isNaN(ms) ? 0 : ms);

const subqueryTree = ({ range, offset, step, at }: Of<'subquery'>, expr: unknown) => ({
  ...{ type: 'subquery', expr, range: msOf(range), offset: msOf(offset), step: msOf(step) },
  ...timeFields(at),
});

function functionFacts(name: string, { functions }: Place) {
  const known = functions.get(name);
  return { name, argTypes: known?.args ?? [], variadic: known?.optional ?? 0, returnType: known?.returns ?? 'none' };
}

const aggregationTree = ({ op, expr, param, labels, without }: Of<'aggregate'>, below: (inner: Expr) => unknown) => ({
  ...{ type: 'aggregation', op, expr: below(expr) },
  ...{ param: param === undefined ? null : below(param), grouping: labels, without },
});

const binaryTree = (expr: Of<'binary'>, below: (inner: Expr) => unknown) => ({
  ...{ type: 'binaryExpr', op: expr.op, lhs: below(expr.left), rhs: below(expr.right) },
  ...{ matching: expr.matching === undefined ? null : matchingTree(expr.matching), bool: expr.returnBool },
});

const matchingTree = ({ cardinality, labels, on, include, fill }: VectorMatching) => ({
  ...{ card: cardinality, labels, on, include },
  fillValues: { lhs: fill?.left ?? null, rhs: fill?.right ?? null },
});
