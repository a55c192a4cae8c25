import { RE2JS } from 're2js';

/** One node of a glob: what it matches of a path's node, and what its stars took. */
export type Segment = {
  /** The node itself where it has no star. */
  readonly literal: string | undefined;
  /** What each `*` took; undefined: no match. */
  readonly capture: (node: string) => readonly string[] | undefined;
};

const NOTHING: readonly string[] = [];

/** Reads one node of a glob; its only special character is `*`. Matching takes time linear in the node. */
export function parseSegment(text: string): Segment {
  const parts = text.split('*');
  const [prefix = '', suffix = ''] = parts;
  if (parts.length === 1) return { literal: text, capture: (node) => (node === text ? NOTHING : undefined) };
  if (parts.length > 2) return { literal: undefined, capture: manyStars(parts) };
  const least = prefix.length + suffix.length;
  return {
    literal: undefined,
    capture: (node) =>
      node.length >= least && node.startsWith(prefix) && node.endsWith(suffix)
        ? [node.slice(prefix.length, node.length - suffix.length)]
        : undefined,
  };
}

function manyStars(parts: readonly string[]): Segment['capture'] {
  const pattern = RE2JS.compile(parts.map((part) => RE2JS.quote(part)).join('(.*)'));
  return (node) => {
    const found = pattern.matcher(node);
    if (!found.matches()) return undefined;
    return Array.from({ length: parts.length - 1 }, (_, i) => found.group(i + 1) ?? '');
  };
}
