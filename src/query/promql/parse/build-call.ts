import type { SyntaxNode } from '@lezer/common';
import { parseError } from './parse-error.ts';
import { childrenOf, type Signature, type Source, type Typed, textOf } from './source.ts';
import { TYPE_TEXT } from './type-text.ts';

/** Functions that Prometheus has and this product has not. */
const MISSING: ReadonlyMap<string, string> = new Map([
  ['start_timestamp', 'function "start_timestamp" is not supported: start timestamps of samples are not stored'],
]);

/** A function call: the function known, number and types of its arguments right. */
export function buildCall(source: Source, node: SyntaxNode, depth: number): Typed {
  const [identifier, body] = childrenOf(node);
  const name = identifier === undefined ? '' : textOf(source, identifier);
  const signature = source.signatures.get(name);
  if (signature === undefined) {
    throw parseError(source.text, node, MISSING.get(name) ?? `unknown function with name "${name}"`);
  }
  if (signature.experimental === true && !source.experimental) {
    throw parseError(source.text, node, `function "${name}" is not enabled`);
  }
  const nodes = body === undefined ? [] : childrenOf(body);
  const fault = countFault(signature, name, nodes.length);
  if (fault !== undefined) throw parseError(source.text, node, fault);
  const args = nodes.map((argument, i) => {
    const allowEmpty = name === 'info' && i === 1;
    const built = source.build(source, argument, { depth: depth + 1, allowEmpty });
    const wanted = signature.args[Math.min(i, signature.args.length - 1)];
    if (wanted === undefined || built.type === wanted) return built.expr;
    const message = `expected type ${TYPE_TEXT[wanted]} in call to function "${name}", got ${TYPE_TEXT[built.type]}`;
    throw parseError(source.text, built.expr, message);
  });
  if (name === 'info') assertLabelSelector(source, args[1]);
  return { expr: { kind: 'call', name, args, from: node.from, to: node.to }, type: signature.returns };
}

function countFault(signature: Signature, name: string, count: number): string | undefined {
  const most = signature.optional < 0 ? Infinity : signature.args.length;
  const least = signature.args.length - Math.abs(signature.optional);
  if (count >= least && count <= most) return undefined;
  const bound = signature.optional === 0 ? '' : count < least ? 'at least ' : 'at most ';
  return `expected ${bound}${count < least ? least : most} argument(s) in call to "${name}", got ${count}`;
}

/** The second argument of `info` selects labels of info metrics; a metric name may stand only inside its braces. */
function assertLabelSelector(source: Source, argument: Typed['expr'] | undefined): void {
  if (argument === undefined) return;
  if (argument.kind !== 'selector') throw parseError(source.text, argument, 'expected label selectors only');
  if (source.text[argument.from] === '{') return;
  throw parseError(source.text, argument, 'expected label selectors only, got vector selector instead');
}
