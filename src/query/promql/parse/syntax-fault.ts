import type { SyntaxNode, Tree } from '@lezer/common';
import type { AppError } from '#core/errors.ts';
import { parseError } from './parse-error.ts';
import { unquote } from './quoted-text.ts';
import type { Source } from './source.ts';
import { describeToken, isName, type Token, tokensOf } from './tokens.ts';

const CLOSING: Readonly<Record<string, string>> = { ')': 'parenthesis', ']': 'bracket', '}': 'brace' };
const GROUPING: ReadonlySet<string> = new Set(['AggregateModifier', 'MatchingModifierClause']);
const PARTNER: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** The error of the first place where the grammar cannot go on; undefined when the whole text fits it. */
export function syntaxFault(source: Source, tree: Tree): AppError | undefined {
  const error = firstError(tree);
  if (error === undefined) return undefined;
  const tokens = tokensOf(source.text);
  const at = tokens.findIndex((token) => token.to > error.from);
  const index = at === -1 ? tokens.length : at;
  const end = { from: source.text.length, to: source.text.length };
  if (tokens.length === 0) return parseError(source.text, { from: 0, to: 0 }, 'no expression found in input');
  const { span, message } =
    (GROUPING.has(error.parent?.name ?? '') ? undefined : unknownFunction(source, tokens, index)) ??
    lexicalFault(tokens, index) ??
    unexpected(error, tokens, index);
  return parseError(source.text, span ?? end, message);
}

type Fault = { readonly span: Token | undefined; readonly message: string };

function firstError(tree: Tree): SyntaxNode | undefined {
  let first: SyntaxNode | undefined;
  const cursor = tree.cursor();
  do {
    if (cursor.type.isError && (first === undefined || cursor.from < first.from)) first = cursor.node;
  } while (cursor.next());
  return first;
}

function unknownFunction(source: Source, tokens: readonly Token[], index: number): Fault | undefined {
  const at = tokens[index]?.text === '(' ? index - 1 : index;
  const name = tokens[at];
  if (name === undefined || !isName(name) || tokens[at + 1]?.text !== '(' || source.signatures.has(name.text))
    return undefined;
  if (describeToken(name).startsWith('<')) return undefined;
  return { span: name, message: `unknown function with name "${name.text}"` };
}

/** What Prometheus' lexer refuses: strings and brackets that do not close, characters that begin nothing. */
function lexicalFault(tokens: readonly Token[], index: number): Fault | undefined {
  const open: string[] = [];
  for (const token of tokens.slice(0, index + 1)) {
    const { text } = token;
    if (/^["'`]/.test(text) && (text.length < 2 || !text.endsWith(text.charAt(0)))) {
      return { span: token, message: 'unterminated quoted string' };
    }
    if (text in PARTNER) open.push(text);
    else if (text in CLOSING && PARTNER[open.pop() ?? ''] !== text) {
      return { span: token, message: `unexpected right ${CLOSING[text]} '${text}'` };
    }
  }
  return open.length > 0 && index >= tokens.length ? unclosed(open.at(-1)) : badToken(tokens[index], open);
}

function unclosed(bracket: string | undefined): Fault {
  if (bracket === '{') return { span: undefined, message: 'unexpected end of input inside braces' };
  return { span: undefined, message: `unclosed left ${bracket === '[' ? 'bracket' : 'parenthesis'}` };
}

function badToken(token: Token | undefined, open: readonly string[]): Fault | undefined {
  if (token === undefined) return undefined;
  const inside = open.includes('{') ? ' inside braces' : '';
  if (/^\.?\d/.test(token.text) && /^\d*[a-zA-Z_]|_$|__/.test(token.text.replace(/^(\d+(ms|[smhdwy]))+$/, ''))) {
    return { span: token, message: `bad number or duration syntax: ${JSON.stringify(token.text)}` };
  }
  if (/^[^\w\s:"'`()[\]{},=!<>~+*/%^@-]/u.test(token.text) || /^[!~&|]$/.test(token.text)) {
    return { span: token, message: `unexpected character${inside}: '${token.text}'` };
  }
  return undefined;
}

function unexpected(error: SyntaxNode, tokens: readonly Token[], index: number): Fault {
  const token = tokens[index];
  const before = tokens[index - 1];
  const context = contextOf(error.parent, before);
  if (token?.text === ')' && before?.text === ',' && error.parent?.name === 'FunctionCallBody') {
    return { span: before, message: 'trailing commas not allowed in function call args' };
  }
  return { span: token, message: `unexpected ${describeToken(token)}${context}` };
}

function contextOf(parent: SyntaxNode | null, before: Token | undefined): string {
  switch (parent?.name) {
    case 'LabelMatchers':
      return ` in label matching, expected ${/^[{,]$/.test(before?.text ?? '') ? 'identifier or "}"' : '"," or "}"'}`;
    case 'UnquotedLabelMatcher':
    case 'QuotedLabelMatcher':
      return ` in label matching, expected ${isName(before) ? 'label matching operator' : 'string'}`;
    case 'GroupingLabels':
      return ` in grouping opts, expected ${isGroupingEnd(before) ? '"," or ")"' : 'label'}`;
    case 'AggregateModifier':
    case 'MatchingModifierClause':
      return ' in grouping opts, expected "("';
    case 'AggregateExpr':
      return ' in aggregation';
    case 'MatrixSelector':
    case 'SubqueryExpr':
      return before?.text === '['
        ? ' in subquery selector, expected duration'
        : ' in subquery or range, expected ":" or "]"';
    case 'OffsetExpr':
      return ' in offset, expected duration';
    case 'StepInvariantExpr':
      return ' in @, expected timestamp';
    default:
      return '';
  }
}

const isGroupingEnd = (token: Token | undefined): boolean =>
  isName(token) || (token !== undefined && unquote(token.text) !== undefined);
