import type { Segment } from './segment.ts';

type Branch = {
  readonly literals: Map<string, Branch>;
  readonly patterns: { readonly text: string; readonly segment: Segment; readonly next: Branch }[];
  /** The first glob that ends here. */
  end: number;
};

const newBranch = (): Branch => ({ literals: new Map(), patterns: [], end: Number.POSITIVE_INFINITY });

/** Globs by their nodes, so that a path meets only those that share its beginning. */
export class GlobTrie {
  readonly #root = newBranch();

  /** Adds a glob under its ordinal; of equal ones the lowest counts. */
  add(texts: readonly string[], segments: readonly Segment[], ordinal: number): void {
    let branch = this.#root;
    for (const [i, segment] of segments.entries()) branch = child(branch, texts[i] ?? '', segment);
    branch.end = Math.min(branch.end, ordinal);
  }

  /** The lowest ordinal whose glob matches these nodes; Infinity: none. */
  find(nodes: readonly string[]): number {
    return findFrom(this.#root, nodes, 0);
  }
}

function child(branch: Branch, text: string, segment: Segment): Branch {
  const known = branch.literals.get(text) ?? branch.patterns.find((one) => one.text === text)?.next;
  if (known !== undefined) return known;
  const next = newBranch();
  if (segment.literal === undefined) branch.patterns.push({ text, segment, next });
  else branch.literals.set(text, next);
  return next;
}

/** Each branch is entered at most once: bounded by the number of rules, whatever the path. */
function findFrom(branch: Branch, nodes: readonly string[], depth: number): number {
  const node = nodes[depth];
  if (node === undefined) return branch.end;
  const literal = branch.literals.get(node);
  let best = literal === undefined ? Number.POSITIVE_INFINITY : findFrom(literal, nodes, depth + 1);
  for (const { segment, next } of branch.patterns) {
    if (segment.capture(node) !== undefined) best = Math.min(best, findFrom(next, nodes, depth + 1));
  }
  return best;
}
