/** Control characters, and those that change how the text around them is drawn or that cannot be seen. */
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/** A text in which every character can be seen and none is obeyed: escape is ␛, a line's end ↵, a bidi override [U+202E]. */
export function visibleText(text: string): string {
  return text.replace(UNSEEN, (sign) => {
    const code = sign.charCodeAt(0);
    if (sign === '\n') return '↵';
    if (sign === '\t') return '⇥ ';
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    return code === 0x7f ? '␡' : `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`;
  });
}

/** The same over several lines: line ends and tabs are kept. */
export function visibleLines(text: string): string {
  return text
    .split('\n')
    .map((line) => line.split('\t').map(visibleText).join('\t'))
    .join('\n');
}

/** The beginning of a text, at most this many UTF-16 units, and how many were left out. */
export function clip(text: string, most: number): { readonly text: string; readonly rest: number } {
  if (text.length <= most) return { text, rest: 0 };
  return { text: text.slice(0, most).toWellFormed(), rest: text.length - most };
}
