import type { SyntaxNode } from '@lezer/common';
import type { Matcher } from '#core/metric-query/query.ts';
import { NAME_LABEL } from '#core/model/labels.ts';
import type { VectorSelector } from '#query/promql/ast.ts';
import { stringValue } from './grouping-labels.ts';
import { parseError } from './parse-error.ts';
import { readPattern } from './regex-matcher.ts';
import { childrenOf, type Source, textOf } from './source.ts';

/** A vector selector; with `allowEmpty` it may select everything. */
export function buildSelector(source: Source, node: SyntaxNode, allowEmpty: boolean): VectorSelector {
  const identifier = node.getChild('Identifier');
  const list = node.getChild('LabelMatchers');
  const read = list === null ? [] : childrenOf(list).map((child) => matcherOf(source, child));
  const matchers = read.map(({ matcher }) => matcher);
  const names = matchers.filter((matcher) => matcher.label === NAME_LABEL);
  if (identifier !== null) {
    const value = textOf(source, identifier);
    const [other] = names;
    if (other !== undefined) {
      throw parseError(source.text, node, `metric name must not be set twice: "${value}" or "${other.value}"`);
    }
    matchers.unshift({ label: NAME_LABEL, op: '=', value });
  }
  if (!allowEmpty && identifier === null && read.every(({ matchesEmpty }) => matchesEmpty)) {
    throw parseError(source.text, node, 'vector selector must contain at least one non-empty matcher');
  }
  return { kind: 'selector', matchers, offset: 0, from: node.from, to: node.to };
}

type ReadMatcher = { readonly matcher: Matcher; readonly matchesEmpty: boolean };

function matcherOf(source: Source, node: SyntaxNode): ReadMatcher {
  if (node.name === 'QuotedLabelName') {
    const value = stringValue(source, node);
    return { matcher: { label: NAME_LABEL, op: '=', value }, matchesEmpty: value === '' };
  }
  const [name, operator, text] = childrenOf(node);
  if (name === undefined || operator === undefined || text === undefined) {
    throw parseError(source.text, node, 'unexpected end of input in label matching');
  }
  const label = name.name === 'LabelName' ? textOf(source, name) : stringValue(source, name);
  const op = textOf(source, operator) as Matcher['op'];
  const matcher: Matcher = { label, op, value: stringValue(source, text) };
  if (label === '' || !label.isWellFormed())
    throw parseError(source.text, name, `invalid label name ${JSON.stringify(label)}`);
  if (op === '=' || op === '!=') return { matcher, matchesEmpty: (matcher.value === '') === (op === '=') };
  const facts = readPattern(matcher.value);
  if ('problem' in facts) throw parseError(source.text, node, facts.problem);
  return { matcher, matchesEmpty: facts.matchesEmpty === (op === '=~') };
}
