import type { TakePair } from '#parsing/extract/key-values.ts';
import { nameIn } from '#parsing/field-names.ts';

/** `CEF:0|vendor|product|version|id|name|severity|k=v …` (ArcSight): header and extension; false when the text is none. */
export function cefPairs(text: string, take: TakePair): boolean {
  const start = text.indexOf('CEF:');
  if (start < 0 || start > 200) return false;
  const { columns, end } = header(text, start + 4, 7);
  if (columns.length < 7) return false;
  const names = [
    'cef.version',
    'observer.vendor',
    'observer.product',
    'observer.version',
    'event.code',
    'event.action',
    'event.severity',
  ];
  names.forEach((name, i) => take(name, columns[i] ?? ''));
  extension(text.slice(end), (name, value) => take(nameIn(CEF, name) ?? `cef.${name}`, value));
  return true;
}

/** `LEEF:2.0|vendor|product|version|id|^|k=v^k=v` (QRadar), tab between the pairs unless the header names another. */
export function leefPairs(text: string, take: TakePair): boolean {
  const start = text.indexOf('LEEF:');
  if (start < 0 || start > 200) return false;
  const { columns, end } = header(text, start + 5, 5);
  if (columns.length < 5) return false;
  const names = ['leef.version', 'observer.vendor', 'observer.product', 'observer.version', 'event.code'];
  names.forEach((name, i) => take(name, columns[i] ?? ''));
  let body = text.slice(end);
  let separator = '\t';
  const own =
    columns[0]?.startsWith('2') === true ? /^(x[0-9A-Fa-f]{1,4}|0x[0-9A-Fa-f]{1,4}|[^|\s])?\|/.exec(body) : null;
  if (own !== null) {
    body = body.slice(own[0].length);
    const named = own[1] ?? '';
    if (named !== '')
      separator = named.length > 1 ? String.fromCharCode(Number.parseInt(named.replace(/^0?x/, ''), 16)) : named;
  }
  for (const part of body.split(separator, 1_000)) {
    const equals = part.indexOf('=');
    const name = part.slice(0, equals).trim();
    if (equals > 0) take(nameIn(CEF, name) ?? `leef.${name}`, part.slice(equals + 1).trim());
  }
  return true;
}

const CEF: Readonly<Record<string, string>> = {
  src: 'source.ip',
  spt: 'source.port',
  dst: 'destination.ip',
  dpt: 'destination.port',
  srcPort: 'source.port',
  dstPort: 'destination.port',
  proto: 'network.transport',
  suser: 'user.name',
  usrName: 'user.name',
  duser: 'destination.user.name',
  shost: 'source.address',
  dhost: 'destination.address',
  request: 'url.original',
  requestMethod: 'http.request.method',
  requestClientApplication: 'user_agent.original',
  act: 'event.outcome',
  msg: 'message',
  app: 'network.protocol',
  in: 'source.bytes',
  out: 'destination.bytes',
  fname: 'file.name',
  filePath: 'file.path',
  dvchost: 'observer.hostname',
  dvc: 'observer.ip',
}; // prettier-ignore

function header(text: string, at: number, count: number): { columns: string[]; end: number } {
  const columns: string[] = [];
  let start = at;
  for (let i = at; i < text.length && columns.length < count; i++) {
    const code = text.charCodeAt(i);
    if (code === 92) i++;
    else if (code === 124) {
      columns.push(text.slice(start, i).replace(/\\([|\\])/g, '$1'));
      start = i + 1;
    }
  }
  return { columns, end: start };
}

/** Values may hold spaces: one ends before the next ` name=`. */
function extension(text: string, take: TakePair): void {
  const key = /(?:^|\s)([\w.[\]-]{1,64})=/g;
  let name = '';
  let from = 0;
  let count = 0;
  for (let match = key.exec(text); match !== null && count < 1_000; match = key.exec(text), count++) {
    if (text.charCodeAt(key.lastIndex - 2) === 92) continue;
    if (name !== '') take(name, plain(text.slice(from, match.index)));
    name = match[1] ?? '';
    from = key.lastIndex;
  }
  if (name !== '') take(name, plain(text.slice(from).trimEnd()));
}

const plain = (value: string): string =>
  value.includes('\\')
    ? value.replace(/\\([=\\rn])/g, (_, char: string) => (char === 'n' ? '\n' : char === 'r' ? '\r' : char))
    : value;
