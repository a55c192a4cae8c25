/** A part of a line: text that lines like it share, or a value of a kind. */
export type LineToken =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'value'; readonly grok: string; readonly name: string };

type Kind = { readonly pattern: RegExp; readonly grok: string; readonly name: string };

/** What values look like, the stricter ones first, with the name of the grok pattern and of the field. */
const KINDS: readonly Kind[] = [
  [/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?/y, 'TIMESTAMP_ISO8601', 'timestamp'],
  [/\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}/y, 'HTTPDATE', 'timestamp'],
  [/[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d/y, 'SYSLOGTIMESTAMP', 'timestamp'],
  [/\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d/y, 'DATA', 'timestamp'],
  [/[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}/y, 'UUID', 'uuid'],
  [/(?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}\b/y, 'MAC', 'mac'],
  [/\d{1,3}(?:\.\d{1,3}){3}(?![\w.]*\w)/y, 'IP', 'source.ip'],
  [/(?=[0-9A-Fa-f:]*::?)[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{0,4}){2,7}(?![\w:])/y, 'IP', 'source.ip'],
  [/[\w.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}/y, 'EMAILADDRESS', 'user.email'],
  [/[a-z][a-z0-9+]{1,20}:\/\/[^\s"'<>\])]+/y, 'NOTSPACE', 'url.original'],
  [/(?:TRACE|DEBUG|INFO|NOTICE|WARN(?:ING)?|ERR(?:OR)?|CRIT(?:ICAL)?|FATAL|SEVERE|EMERG)\b/iy, 'LOGLEVEL', 'log.level'],
  [/(?:GET|HEAD|POST|PUT|DELETE|PATCH|OPTIONS)\b(?= )/y, 'WORD', 'http.request.method'],
  [/\/[^\s"'<>\])]+/y, 'NOTSPACE', 'path'],
  [/[+-]?\d+(?:\.\d+)?(?![\w.]*\w)/y, 'NUMBER', 'number'],
  // 12ms, 3.4KiB: the unit stays text.
  [/[+-]?\d+(?:\.\d+)?(?=(?:ns|us|µs|ms|s|m|h|B|[KMGT]i?B|%)(?!\w))/y, 'NUMBER', 'number'],
  [/(?=[\w-]*\d)[\w-]+/y, 'NOTSPACE', 'id'],
].map(([pattern, grok, name]) => ({ pattern, grok, name }) as Kind); // prettier-ignore

const KEY = /([A-Za-z_][\w.-]{0,63})(=|:(?!\/\/) ?|":\s?)(?=\S)/y;
const QUOTED = /"[^"\\]*"/y;
const BARE = /[^\s"',;)\]}]+/y;
const WORD = /[A-Za-z_]+|\s+|[^\w\s]/y;
const USER = /\b(?:user|for|by|login) $/i;
const NAME = /[a-z_][\w.-]{1,31}(?![\w@])/y;
const MAX_TOKENS = 120;

/** Takes a line apart from its start; what is beyond the limit is the rest. */
export function lineTokens(line: string): { readonly tokens: readonly LineToken[]; readonly rest: string } {
  const tokens: LineToken[] = [];
  let at = 0;
  while (at < line.length && tokens.length < MAX_TOKENS) {
    const next = pairAt(line, at) ?? quotedAt(line, at) ?? valueAt(line, at) ?? wordAt(line, at);
    tokens.push(...next.tokens);
    at += next.length;
  }
  return { tokens, rest: line.slice(at) };
}

type Read = { readonly tokens: readonly LineToken[]; readonly length: number };

const text = (words: string): LineToken => ({ kind: 'text', text: words });

function match(pattern: RegExp, line: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(line) ?? undefined;
}

/** `key=value`, `key: 12`: the value is named by its key. */
function pairAt(line: string, at: number): Read | undefined {
  if (/\w/.test(line[at - 1] ?? ' ')) return undefined;
  const [head, key = '', sign = ''] = match(KEY, line, at) ?? [];
  if (head === undefined) return undefined;
  const name = key.replaceAll('-', '_');
  const value = at + head.length;
  const quoted = match(QUOTED, line, value)?.[0];
  if (quoted !== undefined)
    return {
      tokens: [text(`${head}"`), { kind: 'value', grok: 'DATA', name }, text('"')],
      length: head.length + quoted.length,
    };
  const known = valueAt(line, value);
  const [first] = known?.tokens ?? [];
  if (known !== undefined && first?.kind === 'value')
    return { tokens: [text(head), { ...first, name }], length: head.length + known.length };
  const bare = sign === '=' ? match(BARE, line, value)?.[0] : undefined;
  if (bare === undefined) return undefined;
  return { tokens: [text(head), { kind: 'value', grok: 'NOTSPACE', name }], length: head.length + bare.length };
}

function quotedAt(line: string, at: number): Read | undefined {
  const quoted = match(QUOTED, line, at)?.[0];
  if (quoted === undefined || quoted.length < 3) return undefined;
  return { tokens: [text('"'), { kind: 'value', grok: 'DATA', name: 'text' }, text('"')], length: quoted.length };
}

function valueAt(line: string, at: number): Read | undefined {
  if (/\w/.test(line[at - 1] ?? ' ')) return undefined;
  for (const { pattern, grok, name } of KINDS) {
    const found = match(pattern, line, at)?.[0];
    if (found !== undefined) return { tokens: [{ kind: 'value', grok, name }], length: found.length };
  }
  return undefined;
}

function wordAt(line: string, at: number): Read {
  if (USER.test(line.slice(Math.max(0, at - 12), at))) {
    const user = match(NAME, line, at)?.[0];
    if (user !== undefined && !/^(?:the|a|an|user|invalid|for|by|from|of|in|to)$/.test(user))
      return { tokens: [{ kind: 'value', grok: 'NOTSPACE', name: 'user.name' }], length: user.length };
  }
  const word = match(WORD, line, at)?.[0] ?? line[at] ?? '';
  return { tokens: [text(word)], length: word.length };
}
