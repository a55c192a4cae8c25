import { STANDARD_FIELDS } from './fields.ts';
import { AGGREGATE_NAMES } from './parse-aggregate.ts';
import { PIPE_NAMES } from './parse-pipe.ts';

/** What may be written at the cursor; the text from `from` to `to` is what a chosen item replaces. */
export type LogQueryCompletion = {
  /** `field`: a field's name; `value`: a value of `field`; `operator`, `pipe`, `function`: one of `words`. */
  readonly kind: 'field' | 'value' | 'operator' | 'pipe' | 'function' | 'none';
  readonly from: number;
  readonly to: number;
  /** What is written of it so far, without quotes. */
  readonly prefix: string;
  /** Of a value: its field. */
  readonly field?: string;
  /** What the product knows without asking: pipes, functions, operators, standard fields. */
  readonly words: readonly string[];
};

const OPERATORS = ['AND', 'OR', 'NOT'];
const WITH_FUNCTIONS = new Set(['stats', 'timechart']);
const WITH_FIELDS = new Set(['sort', 'top', 'rare', 'dedup', 'fields', 'table', 'where', 'filter']);

/** Tells the editor what is expected at the cursor (an offset in UTF-16 units). Never throws. */
export function completeLogQuery(text: string, cursor: number): LogQueryCompletion {
  const before = text.slice(0, cursor);
  const pipe = before.slice(lastPipe(before) + 1);
  const isFirst = pipe.length === before.length;
  return isFirst ? inFilter(pipe, cursor) : inPipe(pipe, cursor);
}

/** Where the last `|` outside quotes and expressions is; -1 without one. */
function lastPipe(text: string): number {
  let last = -1;
  for (const found of text.matchAll(/"(?:\\.|[^"\\])*(?:"|$)|(?<=[\s:(]|^)\/(?:\\.|[^/\\\n])+\/|\\.|\|\|?/gs)) {
    if (found[0] === '|') last = found.index;
  }
  return last;
}

function inFilter(text: string, cursor: number): LogQueryCompletion {
  const value = valueAt(text, cursor);
  if (value !== undefined) return value;
  if (isInQuotes(text)) return nothing(cursor);
  const written = /[^\s()]*$/.exec(text)?.[0] ?? '';
  const name = written.replace(/^[-!+]/, '');
  const span = { from: cursor - name.length, to: cursor, prefix: name };
  const follows = /(?:\S\s|\))$/.test(text) && !/(?:AND|OR|NOT|\()\s*$/.test(text);
  if (name === '' && follows) return { kind: 'operator', ...span, words: OPERATORS };
  return { kind: 'field', ...span, words: STANDARD_FIELDS };
}

/** `field:val|` or `field:"val|`. */
function valueAt(text: string, cursor: number): LogQueryCompletion | undefined {
  const found =
    /(?:^|[\s(!-])(?:"((?:\\.|[^"\\])+)"|([A-Za-z_@$][^\s:()"|<>=]*))\s*(?::|!?==?)\s*("?)([^"\s()|]*|(?<=")[^"]*)$/.exec(
      text,
    );
  const field = found?.[1] ?? found?.[2];
  if (found === null || field === undefined) return undefined;
  const [quote = '', prefix = ''] = [found[3], found[4]];
  if (/^(?:[<>[{/]|\/\/)/.test(prefix)) return nothing(cursor);
  return { kind: 'value', from: cursor - prefix.length - quote.length, to: cursor, prefix, field, words: [] };
}

function inPipe(text: string, cursor: number): LogQueryCompletion {
  const [, name = '', rest] = /^\s*([a-z]*)(\s[\s\S]*)?$/.exec(text) ?? [];
  if (rest === undefined)
    return { kind: 'pipe', from: cursor - name.length, to: cursor, prefix: name, words: PIPE_NAMES };
  if (name === 'where' || name === 'filter') return inFilter(rest, cursor);
  const prefix = /[^\s(),]*$/.exec(rest)?.[0] ?? '';
  const span = { from: cursor - prefix.length, to: cursor, prefix };
  const before = rest.slice(0, rest.length - prefix.length);
  const isField = /(?:\(|\bby\s+(?:[^|]*,\s*)?)$/.test(before);
  if (isField || WITH_FIELDS.has(name)) return { kind: 'field', ...span, words: STANDARD_FIELDS };
  if (!WITH_FUNCTIONS.has(name)) return nothing(cursor);
  if (/[\w)]\s+$/.test(before)) return { kind: 'operator', ...span, words: ['by', 'as'] };
  return { kind: 'function', ...span, words: AGGREGATE_NAMES };
}

const isInQuotes = (text: string): boolean => (text.replace(/\\./gs, '').match(/"/g)?.length ?? 0) % 2 === 1;
const nothing = (cursor: number): LogQueryCompletion => ({
  kind: 'none',
  from: cursor,
  to: cursor,
  prefix: '',
  words: [],
});
