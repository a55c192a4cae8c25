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

/** Functions that the grammar has in durations only, or no more, with one of the same length that it knows. */
const STAND_INS: ReadonlyMap<string, string> = new Map([
  ['min_of', 'scalar'],
  ['max_of', 'scalar'],
  ['holt_winters', 'day_of_month'],
]);

const DURATION_FUNCTION = /^(?:step|range|min_of|max_of)$/i;

/** Numbers of Prometheus that the grammar does not know: `2.`, `2.e3`, `0X1F`, `0x_1f`. */
const UNUSUAL_NUMBER = /^(?:\d+(?:_\d+)*\.(?:[eE][+-]?\d+)?|0[xX](?:_?[0-9a-fA-F])+)$/;

/**
 * The text with something of the same length in place of numbers and functions that the grammar does not know; what they
 * are stays to be read from the text itself.
 */
export function withKnownTokens(text: string): string {
  let plain = '';
  let end = 0;
  const tokens = tokensOf(text);
  const isDuration = durationPlaces(tokens);
  for (const [i, token] of tokens.entries()) {
    const isCall = tokens[i + 1]?.text === '(';
    const standIn = isCall ? knownName(token.text, isDuration[i] === true) : knownNumber(token.text);
    if (standIn === undefined) continue;
    plain += text.slice(end, token.from) + standIn;
    end = token.to;
  }
  return plain + text.slice(end);
}

const knownNumber = (text: string): string | undefined =>
  UNUSUAL_NUMBER.test(text) ? '1'.repeat(text.length) : undefined;

/** Functions of durations are written in any case. */
function knownName(text: string, isDuration: boolean): string | undefined {
  if (!isDuration) return STAND_INS.get(text);
  return DURATION_FUNCTION.test(text) ? text.toLowerCase() : undefined;
}

/** Which tokens stand in brackets or in what follows `offset`. */
function durationPlaces(tokens: readonly Token[]): boolean[] {
  const open: boolean[] = [];
  let afterOffset = false;
  return tokens.map(({ text }) => {
    const isInside = afterOffset || open.at(-1) === true;
    if (text === '[' || text === '(' || text === '{') open.push(text === '[' || (text === '(' && isInside));
    else if (text === ']' || text === ')' || text === '}') open.pop();
    afterOffset = /^offset$/i.test(text) || (afterOffset && /^(?:[-+]|min_of|max_of)$/i.test(text));
    return isInside;
  });
}
