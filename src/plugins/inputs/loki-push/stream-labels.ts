const PAIR = /\s*([^\s=,{}"]+)\s*=\s*"((?:[^"\\]|\\.)*)"\s*([,}])/y;
const SHORT: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

/** Names and values, in turn, of labels as a stream carries them (`{job="a", host="b"}`); undefined for what are none. */
export function parseStreamLabels(text: string): readonly string[] | undefined {
  const open = /^\s*\{/.exec(text);
  if (open === null) return undefined;
  if (/^\s*\{\s*\}\s*$/.test(text)) return [];
  const labels: string[] = [];
  PAIR.lastIndex = open[0].length;
  for (let pair = PAIR.exec(text); pair !== null; pair = PAIR.exec(text)) {
    const [, name = '', value = '', end] = pair;
    labels.push(name, value.includes('\\') ? unescape(value) : value);
    if (end === '}') return text.slice(pair.index + pair[0].length).trim() === '' ? labels : undefined;
  }
  return undefined;
}

function unescape(value: string): string {
  return value.replace(/\\([\s\S])/g, (_, char: string) => SHORT[char] ?? char);
}
