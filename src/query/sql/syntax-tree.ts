/** A node of the engine's `EXPLAIN AST`: `Function plus`, `TableIdentifier samples (alias s)`. */
export type SyntaxNode = {
  /** First word of the line. */
  readonly kind: string;
  /** What follows it, without alias and number of children. */
  readonly text: string;
  readonly children: readonly SyntaxNode[];
};

type Building = { kind: string; text: string; children: Building[]; expected: number };

const LINE = /^( *)([A-Za-z:]+)(.*?)( \(alias .*?\))?(?: \(children (\d+)\))?$/;

/**
 * Reads the lines of `EXPLAIN AST`. Throws SyntaxError unless every line is a node and every node has as many children
 * as it says, so that nothing hides behind text that looks like a line.
 */
export function readSyntaxTree(lines: readonly string[]): SyntaxNode {
  const stack: Building[] = [];
  let root: Building | undefined;
  for (const line of lines) {
    const [, indent, kind, text = '', , children = '0'] = LINE.exec(line) ?? [];
    if (indent === undefined || kind === undefined) throw new SyntaxError(`unexpected line in a syntax tree: ${line}`);
    const node: Building = { kind, text: text.trim(), children: [], expected: Number(children) };
    const depth = indent.length;
    if (depth > stack.length || (depth === 0) !== (root === undefined))
      throw new SyntaxError(`misplaced node: ${line}`);
    stack.length = depth;
    stack.at(-1)?.children.push(node);
    root ??= node;
    stack.push(node);
  }
  if (root === undefined) throw new SyntaxError('an empty syntax tree');
  checkCounts(root);
  return root;
}

function checkCounts(node: Building): void {
  if (node.children.length !== node.expected) throw new SyntaxError(`${node.kind} has not the children it says`);
  node.children.forEach(checkCounts);
}
