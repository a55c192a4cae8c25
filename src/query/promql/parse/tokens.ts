import { AGGREGATORS } from '#query/promql/ast.ts';

/** A token, for messages only; the grammar has its own. */
export type Token = { readonly text: string; readonly from: number; readonly to: number };

const TOKEN =
  /(?<skip>\s+|#[^\n]*)|(?<string>"(?:[^"\\\n]|\\[\s\S])*"?|'(?:[^'\\\n]|\\[\s\S])*'?|`[^`]*`?)|(?<number>\.?\d(?:[eE][+-]|[\w.])*)|(?<name>[a-zA-Z_:][\w:]*)|==|!=|<=|>=|=~|!~|<\/|>\/|[\s\S]/guy;

const KEYWORD = /^(bool|by|group_left|group_right|ignoring|offset|on|without|start|end|fill|fill_left|fill_right)$/i;
const OPERATOR = /^(==|!=|<=|>=|=~|!~|<\/|>\/|[-+*/%^<>@]|and|or|unless|atan2)$/i;
const AGGREGATOR: ReadonlySet<string> = new Set(AGGREGATORS);

/** The tokens of a text, without spaces and comments. */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(TOKEN)) {
    if (match.groups?.['skip'] !== undefined) continue;
    tokens.push({ text: match[0], from: match.index, to: match.index + match[0].length });
  }
  return tokens;
}

/** Whether a token is a name that could be a function's. */
export const isName = (token: Token | undefined): boolean => token !== undefined && /^[a-zA-Z_]\w*$/.test(token.text);

/** A token as Prometheus' messages name it: `<op:+>`, `identifier "foo"`, `"}"`. */
export function describeToken(token: Token | undefined): string {
  if (token === undefined) return 'end of input';
  const { text } = token;
  if (KEYWORD.test(text)) return `<${text}>`;
  if (OPERATOR.test(text)) return `<op:${text}>`;
  if (AGGREGATOR.has(text.toLowerCase())) return `<aggr:${text}>`;
  const quoted =
    text.length > 10 && !/^[a-zA-Z_:]/.test(text) ? `${JSON.stringify(text.slice(0, 10))}...` : JSON.stringify(text);
  return `${kindOf(text)}${quoted}`;
}

function kindOf(text: string): string {
  if (/^["'`]/.test(text)) return 'string ';
  if (/^\.?\d/.test(text)) return /[smhdwy]$/.test(text) && !text.startsWith('0x') ? 'duration ' : 'number ';
  if (/^[a-zA-Z_]\w*$/.test(text)) return 'identifier ';
  return /^[a-zA-Z_:]/.test(text) ? 'metric identifier ' : '';
}

/** Numbers of Prometheus that the grammar does not know: `2.`, `2.e3`, `0X1F`, `0x_1f`. */
const UNUSUAL_NUMBER = /^(?:\d+(?:_\d+)*\.(?:[eE][+-]?\d+)?|0[xX](?:_?[0-9a-fA-F])+)$/;

/** The text with digits of the same length in place of numbers that the grammar does not know; their values stay to be read. */
export function withPlainNumbers(text: string): string {
  let plain = '';
  let end = 0;
  for (const token of tokensOf(text)) {
    if (!UNUSUAL_NUMBER.test(token.text)) continue;
    plain += text.slice(end, token.from) + '1'.repeat(token.text.length);
    end = token.to;
  }
  return plain + text.slice(end);
}
