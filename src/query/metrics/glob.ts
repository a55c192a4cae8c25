import { AppError } from '#core/errors.ts';

/** One node of a Graphite glob: `pattern` is RE2 without anchors, `prefix` its characters before the first wildcard. */
export type GlobNode = { readonly literal: boolean; readonly pattern: string; readonly prefix: string };

const MAX_NODES = 64;
const REGEX_SPECIAL = /[\\^$.|+()[\]{}*?]/;

/** The nodes of a Graphite path glob with `*`, `?`, `[a-z]` and `{a,b}`. Throws `bad_query` when it is malformed. */
export function parseGlob(glob: string): GlobNode[] {
  const nodes = splitNodes(glob).map(parseNode);
  if (nodes.length > MAX_NODES) throw new AppError('bad_query', `a path has at most ${MAX_NODES} nodes`);
  return nodes;
}

/** The pattern of whole nodes, anchored at both ends. */
export function pathPattern(nodes: readonly GlobNode[]): string {
  return `^${nodes.map((node) => node.pattern).join('\\.')}$`;
}

function splitNodes(glob: string): string[] {
  const nodes: string[] = [];
  let depth = 0;
  let node = '';
  for (const character of glob) {
    if (character === '{') depth++;
    if (character === '}') depth--;
    if (character === '.' && depth <= 0) {
      nodes.push(node);
      node = '';
    } else node += character;
  }
  return [...nodes, node];
}

function parseNode(text: string): GlobNode {
  const wildcard = /[*?[{]/.exec(text);
  let pattern = '';
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    const close = character === '[' ? text.indexOf(']', at + 2) : -1;
    if (close > 0) {
      pattern += classPattern(text.slice(at + 1, close));
      at = close;
      continue;
    }
    if (character === '{') depth++;
    pattern += depth > 0 ? bracePattern(character) : plainPattern(character);
    if (character === '}' && depth > 0) depth--;
  }
  if (depth !== 0) throw new AppError('bad_query', `the glob node '${text}' has an unclosed '{'`);
  return { literal: wildcard === null, pattern, prefix: text.slice(0, wildcard?.index ?? text.length) };
}

function classPattern(body: string): string {
  const negated = body.startsWith('!') || body.startsWith('^');
  const characters = (negated ? body.slice(1) : body).replace(/[\\\]^[]/g, '\\$&');
  return `[${negated ? '^.' : ''}${characters}]`;
}

function bracePattern(character: string): string {
  if (character === '{') return '(?:';
  if (character === '}') return ')';
  return character === ',' ? '|' : plainPattern(character);
}

function plainPattern(character: string): string {
  if (character === '*') return '[^.]*';
  if (character === '?') return '[^.]';
  return REGEX_SPECIAL.test(character) ? `\\${character}` : character;
}
