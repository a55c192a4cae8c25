import type { SyntaxNode } from '@lezer/common';
import { RE2JS } from 're2js';
import type { Matcher } from '#core/metric-query/query.ts';
import { NAME_LABEL } from '#core/model/labels.ts';
import type { VectorSelector } from '#query/promql/ast.ts';
import { stringValue } from './grouping-labels.ts';
import { parseError } from './parse-error.ts';
import { childrenOf, type Source, textOf } from './source.ts';

/** A vector selector; with `allowEmpty` it may select everything. */
export function buildSelector(source: Source, node: SyntaxNode, allowEmpty: boolean): VectorSelector {
  const identifier = node.getChild('Identifier');
  const list = node.getChild('LabelMatchers');
  const matchers = list === null ? [] : childrenOf(list).map((child) => matcherOf(source, child));
  const names = matchers.filter((matcher) => matcher.label === NAME_LABEL);
  if (identifier !== null) {
    const value = textOf(source, identifier);
    const [other] = names;
    if (other !== undefined) {
      throw parseError(source.text, node, `metric name must not be set twice: "${value}" or "${other.value}"`);
    }
    matchers.unshift({ label: NAME_LABEL, op: '=', value });
  }
  if (!allowEmpty && matchers.every(matchesEmpty)) {
    throw parseError(source.text, node, 'vector selector must contain at least one non-empty matcher');
  }
  return { kind: 'selector', matchers, offset: 0, from: node.from, to: node.to };
}

function matcherOf(source: Source, node: SyntaxNode): Matcher {
  if (node.name === 'QuotedLabelName') return { label: NAME_LABEL, op: '=', value: stringValue(source, node) };
  const [name, operator, text] = childrenOf(node);
  if (name === undefined || operator === undefined || text === undefined) {
    throw parseError(source.text, node, 'unexpected end of input in label matching');
  }
  const label = name.name === 'LabelName' ? textOf(source, name) : stringValue(source, name);
  const op = textOf(source, operator) as Matcher['op'];
  const matcher: Matcher = { label, op, value: stringValue(source, text) };
  if (label === '' || !label.isWellFormed())
    throw parseError(source.text, name, `invalid label name ${JSON.stringify(label)}`);
  if ((op === '=~' || op === '!~') && compile(matcher.value) === undefined) {
    throw parseError(source.text, node, `error parsing regexp: ${JSON.stringify(matcher.value)}`);
  }
  return matcher;
}

function compile(pattern: string): RE2JS | undefined {
  try {
    return RE2JS.compile(`^(?s:${pattern})$`);
  } catch {
    return undefined;
  }
}

function matchesEmpty(matcher: Matcher): boolean {
  if (matcher.op === '=') return matcher.value === '';
  if (matcher.op === '!=') return matcher.value !== '';
  const matches = compile(matcher.value)?.matcher('').matches() ?? false;
  return matches === (matcher.op === '=~');
}
