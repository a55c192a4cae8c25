import type { Call, Node, Template } from './ast.ts';
import { queryError } from './query-error.ts';
import { Scanner } from './scanner.ts';

const MAX_LENGTH = 64 * 1024;
const MAX_DEPTH = 100;

/**
 * Parses a target in the language of graphite-web's render API: paths with globs, calls, literals, keyword arguments,
 * pipes and `template()`. Throws `bad_query` with a position.
 */
export function parseTarget(text: string): Node {
  if (text.length > MAX_LENGTH) throw queryError(`Invalid target: longer than ${MAX_LENGTH} characters`);
  const scanner = new Scanner(text);
  const node = expression(scanner, 0);
  if (!scanner.atEnd) scanner.fail('the end of the target');
  return node;
}

function expression(scanner: Scanner, depth: number): Node {
  if (depth > MAX_DEPTH) throw queryError(`Invalid target: nested deeper than ${MAX_DEPTH} calls`);
  scanner.skipSpace();
  let node = callOrPath(scanner, depth);
  while (scanner.take('|')) {
    scanner.skipSpace();
    const start = scanner.position;
    const name = scanner.wordBefore('(');
    if (name === undefined) scanner.fail('a function call after the pipe');
    const call = callRest(scanner, { name, start, depth });
    node = { ...call, args: [node, ...call.args] };
  }
  return node;
}

function callOrPath(scanner: Scanner, depth: number): Node {
  const start = scanner.position;
  const name = scanner.wordBefore('(');
  if (name === 'template') return templateRest(scanner, depth);
  if (name !== undefined) return callRest(scanner, { name, start, depth });
  const path = scanner.path();
  if (path === '') scanner.fail('a metric path or a function call');
  return { kind: 'path', text: path };
}

function callRest(scanner: Scanner, at: { name: string; start: number; depth: number }): Call {
  const args: Node[] = [];
  const kwargs = new Map<string, Node>();
  if (!scanner.take(')')) {
    do {
      scanner.skipSpace();
      const key = scanner.wordBefore('=');
      const value = argument(scanner, at.depth + 1);
      if (key !== undefined) kwargs.set(key, value);
      else if (kwargs.size > 0) scanner.fail('a keyword argument');
      else args.push(value);
    } while (scanner.take(','));
    scanner.expect(')');
  }
  const raw = scanner.text.slice(at.start, scanner.position);
  return { kind: 'call', name: at.name, args, kwargs, raw, position: at.start };
}

function argument(scanner: Scanner, depth: number): Node {
  scanner.skipSpace();
  const word = scanner.keyword();
  if (word === 'true' || word === 'false') return { kind: 'boolean', value: word === 'true' };
  if (word === 'none') return { kind: 'none' };
  if (word === 'inf') return { kind: 'number', value: Number.POSITIVE_INFINITY, isFloat: true };
  const number = scanner.number();
  if (number !== undefined) return { kind: 'number', value: Number(number), isFloat: /[.eE]/.test(number) };
  const text = scanner.string();
  if (text !== undefined) return { kind: 'string', value: text };
  return expression(scanner, depth);
}

function templateRest(scanner: Scanner, depth: number): Template {
  const body = expression(scanner, depth + 1);
  const variables = new Map<string, string | number>();
  let index = 0;
  while (scanner.take(',')) {
    scanner.skipSpace();
    const key = scanner.wordBefore('=') ?? String(++index);
    const value = argument(scanner, depth + 1);
    if (value.kind !== 'string' && value.kind !== 'number') {
      throw queryError('invalid template() syntax, only string/numeric arguments are allowed');
    }
    variables.set(key, value.value);
  }
  scanner.expect(')');
  return { kind: 'template', body, variables };
}
