import type { Labels } from '#core/model/labels.ts';
import type { Expr, VectorMatching } from '#query/promql/ast.ts';
import type { VectorSeries } from '#query/promql/value.ts';
import { type Column, ColumnSet } from './column.ts';
import { type Evaluation, SERIES_WORK } from './evaluation.ts';
import { anyPresent, checkOneSide, createMatchGroups, type MatchGroup, type MatchSides } from './match-groups.ts';
import { combinePair, type Pair, type PairOperation } from './match-pair.ts';
import { keepsName, numberOperation, type ValueOperator } from './operators.ts';
import { matchedLabels, resultLabels } from './result-labels.ts';

type MatchedExpr = Extract<Expr, { kind: 'binary' }> & { readonly matching: VectorMatching };
type Sides = { readonly left: readonly VectorSeries[]; readonly right: readonly VectorSeries[] };

/** A value operator between two vectors of `count` steps, whose series find each other by their labels. */
export async function vectorWithVector(
  node: MatchedExpr,
  { left, right }: Sides,
  count: number,
  evaluation: Evaluation,
): Promise<VectorSeries[]> {
  const { matching } = node;
  const sides = matching.cardinality === 'one-to-many' ? { many: right, one: left } : { many: left, one: right };
  const columns = new ColumnSet(count);
  const counts = countingSteps(sides, matching, count);
  const operation = { node, number: numberOperation(node.op as ValueOperator, node.returnBool), evaluation };
  for (const group of await createMatchGroups(sides, matching, evaluation)) {
    checkOneSide(group, counts, matching);
    for (const pair of pairsOf(group, columns, operation)) {
      combinePair(pair, operation);
      evaluation.hold(count);
      if (evaluation.isDue(count + SERIES_WORK)) await evaluation.rest();
    }
  }
  return columns.filled();
}

/** The steps at which the sides are matched at all: without fill values, those at which the "many" side has samples. */
function countingSteps({ many }: MatchSides, { fill }: VectorMatching, count: number): Uint8Array {
  return fill === undefined ? anyPresent(many, count) : new Uint8Array(count).fill(1);
}

/** A pair that has not got its column yet. */
type Link = Pick<Pair, 'many' | 'one'> & { readonly labels: Labels };

function* pairsOf(group: MatchGroup, columns: ColumnSet, { node }: PairOperation): Generator<Pair> {
  const { matching } = node;
  // As in Prometheus, the values of `fill_left` and `fill_right` change sides with `group_right`.
  const fill = { many: matching.fill?.left, one: matching.fill?.right };
  const count = countOf(group);
  const claimsOf = createClaims(group, matching);
  const matched = fill.many === undefined ? undefined : new Uint8Array(count);
  const pairOf = ({ many, one, labels }: Link): Pair => {
    const column = columns.of(labels, node.returnBool || (typeof many !== 'number' && many.dropName === true));
    return { many, one, column, claims: claimsOf(column), matched };
  };
  for (const link of linksOf(group, node)) yield pairOf(link);
  if (fill.one !== undefined) {
    const except = anyPresent(group.one, count);
    for (const link of fillLinks(group.many, 'one', fill.one, node)) yield { ...pairOf(link), except };
  }
  if (fill.many !== undefined && matched !== undefined) {
    for (const link of fillLinks(group.one, 'many', fill.many, node)) {
      yield { ...pairOf(link), except: matched, matched: undefined, claims: undefined };
    }
  }
}

const countOf = ({ many, one }: MatchGroup): number => (many[0] ?? one[0])?.present.length ?? 0;

/** Every series of the "many" side with those of the "one" side that it meets at any step. */
function* linksOf({ many, one }: MatchGroup, node: MatchedExpr): Generator<Link> {
  for (const series of many) {
    for (const partner of one) {
      if (one.length > 1 && !partner.present.some((is, step) => is === 1 && series.present[step] === 1)) continue;
      yield { many: series, one: partner, labels: labelsOf(series.labels, partner.labels, node) };
    }
  }
}

/** Series without a partner, with the value that stands in for it. */
function fillLinks(series: readonly VectorSeries[], missing: 'many' | 'one', value: number, node: MatchedExpr): Link[] {
  return series.map((there) => {
    const absent = matchedLabels(there.labels, node.matching);
    return missing === 'one'
      ? { many: there, one: value, labels: labelsOf(there.labels, absent, node) }
      : { many: value, one: there, labels: labelsOf(absent, there.labels, node) };
  });
}

const labelsOf = (many: Labels, one: Labels, { op, matching }: MatchedExpr): Labels =>
  resultLabels(many, one, matching, !keepsName(op));

/** Where it is noted at which steps there is a result, for groups in which there may be a second one. */
function createClaims(group: MatchGroup, { cardinality }: VectorMatching): (column: Column) => Uint8Array | undefined {
  if (group.many.length < 2) return () => undefined;
  const count = countOf(group);
  if (cardinality === 'one-to-one') {
    const claims = new Uint8Array(count);
    return () => claims;
  }
  const byColumn = new Map<Column, Uint8Array>();
  return (column) => {
    let claims = byColumn.get(column);
    if (claims === undefined) byColumn.set(column, (claims = new Uint8Array(count)));
    return claims;
  };
}
