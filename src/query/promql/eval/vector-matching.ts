import { canonicalKey, type Labels } from '#core/model/labels.ts';
import type { Expr, VectorMatching } from '#query/promql/ast.ts';
import type { VectorSeries } from '#query/promql/value.ts';
import { ColumnSet } from './column.ts';
import type { Evaluation } from './evaluation.ts';
import { anyPresent, checkOneSide, createMatchGroups, type MatchGroup, type MatchSides } from './match-groups.ts';
import { combinePair, type Pair, type PairOperation } from './match-pair.ts';
import { isComparison, numberOperation, type ValueOperator } from './operators.ts';
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
  for (const group of createMatchGroups(sides, matching)) {
    checkOneSide(group, counts, matching);
    for (const pair of pairsOf(group, columns, operation)) {
      combinePair(pair, operation);
      evaluation.hold(count);
      if (evaluation.isDue(count)) await evaluation.rest();
    }
  }
  return columns.filled();
}

/** The steps at which the sides are matched at all: without fill values, those at which the "many" side has samples. */
function countingSteps({ many }: MatchSides, { fill }: VectorMatching, count: number): Uint8Array {
  return fill === undefined ? anyPresent(many, count) : new Uint8Array(count).fill(1);
}

type Link = Pick<Pair, 'many' | 'one'> & { readonly labels: Labels; readonly isNameless: boolean };

function* pairsOf(group: MatchGroup, columns: ColumnSet, { node }: PairOperation): Generator<Pair> {
  const { matching } = node;
  // As in Prometheus, the values of `fill_left` and `fill_right` change sides with `group_right`.
  const fill = { many: matching.fill?.left, one: matching.fill?.right };
  const links = linksOf(group, node);
  const claims = claimsOf(links, matching, group);
  const count = countOf(group);
  const matched = fill.many === undefined ? undefined : new Uint8Array(count);
  const pairOf = ({ many, one, labels, isNameless }: Link): Pair => ({
    many,
    one,
    column: columns.of(labels, isNameless),
    claims: claims(labels),
    matched,
  });
  for (const link of links) yield pairOf(link);
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

/** Every series of the "many" side with every one of the "one" side: at each step at most one of those is there. */
function linksOf({ many, one }: MatchGroup, node: MatchedExpr): Link[] {
  return many.flatMap((series) =>
    one.map((partner) => linkOf(series, partner, { many: series.labels, one: partner.labels, node })),
  );
}

/** Series without a partner, with the value that stands in for it. */
function fillLinks(series: readonly VectorSeries[], missing: 'many' | 'one', value: number, node: MatchedExpr): Link[] {
  return series.map((there) => {
    const absent = matchedLabels(there.labels, node.matching);
    return missing === 'one'
      ? linkOf(there, value, { many: there.labels, one: absent, node })
      : linkOf(value, there, { many: absent, one: there.labels, node });
  });
}

function linkOf(
  many: Pair['many'],
  one: Pair['one'],
  of: { readonly many: Labels; readonly one: Labels; readonly node: MatchedExpr },
): Link {
  const { op, returnBool, matching } = of.node;
  const isNameless = returnBool || (typeof many !== 'number' && many.dropName === true);
  return { many, one, labels: resultLabels(of.many, of.one, matching, !isComparison(op)), isNameless };
}

/** Where it is noted at which steps there is a result: only for labels that may get two at one step. */
function claimsOf(
  links: readonly Link[],
  { cardinality }: VectorMatching,
  { many, one }: MatchGroup,
): (labels: Labels) => Uint8Array | undefined {
  if (many.length < 2) return () => undefined;
  const count = countOf({ many, one });
  if (cardinality === 'one-to-one') {
    const claims = new Uint8Array(count);
    return () => claims;
  }
  const known = new Map<string, Uint8Array | undefined>();
  for (const { labels } of links) {
    const key = canonicalKey(labels);
    known.set(key, known.has(key) ? new Uint8Array(count) : undefined);
  }
  return (labels) => known.get(canonicalKey(labels));
}
