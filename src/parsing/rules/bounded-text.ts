import type { RE2JS } from 're2js';

type Matcher = ReturnType<RE2JS['matcher']>;

/** Patterns are looked for in so much of a text: for a megabyte RE2 needs from half a second to many seconds. */
const MAX_MATCHED = 32_768;
/** Of a long text's pieces this much is looked at twice, so that a match across their border is found. */
const OVERLAP = 1_024;
/** The longest text that a step makes: as much as is kept of a body. */
export const MAX_MADE = 2 ** 20;
/** A search that begins again behind each match may read the text as often as it matches. */
const MAX_REPLACE_MS = 250;

/** As much of a text as patterns read; `…` at its end, so that `$` is not where it was cut. */
export function boundedText(text: string): string {
  return text.length > MAX_MATCHED ? `${text.slice(0, MAX_MATCHED)}…` : text;
}

/** All matches replaced as String.replace does it; undefined for a text that is or gets too long, or when it takes too long. */
export function replaceAll(
  pattern: RE2JS,
  text: string,
  replacement: (matcher: Matcher) => string,
): string | undefined {
  if (text.length > MAX_MATCHED) return undefined;
  const stop = performance.now() + MAX_REPLACE_MS;
  const matcher = pattern.matcher(text);
  const parts: string[] = [];
  let end = 0;
  let length = 0;
  while (matcher.find()) {
    const made = replacement(matcher);
    length += made.length;
    if (length > MAX_MADE || performance.now() > stop) return undefined;
    parts.push(text.slice(end, matcher.start()), made);
    end = matcher.end();
  }
  return parts.join('') + text.slice(end);
}

/** All matches hidden, in a text of any length: what there was no time to look at is hidden whole, for it might hold one. */
export function hideAll(pattern: RE2JS, text: string, mask: string): string {
  const stop = performance.now() + MAX_REPLACE_MS;
  const parts: string[] = [];
  let at = 0;
  while (at < text.length) {
    if (performance.now() > stop) return parts.join('') + mask;
    const piece = text.slice(at, at + MAX_MATCHED);
    const isLast = at + piece.length === text.length;
    const matcher = pattern.matcher(piece);
    let end = 0;
    let next = isLast ? piece.length : piece.length - OVERLAP;
    while (matcher.find()) {
      if (performance.now() > stop) return parts.join('') + mask;
      if (!isLast && matcher.end() === piece.length && matcher.start() > 0) {
        next = matcher.start();
        break;
      }
      parts.push(piece.slice(end, matcher.start()), mask);
      end = matcher.end();
    }
    next = Math.max(end, next);
    parts.push(piece.slice(end, next));
    at += next;
  }
  return parts.join('');
}

/** A replacement as that of String.replace: `$1`, `$<name>`, `$&` stand for what was found, `$$` for `$`. */
export function compileReplacement(pattern: RE2JS, template: string): (matcher: Matcher) => string {
  const groups = pattern.groupCount();
  const names = pattern.namedGroups();
  return (matcher) =>
    template.replace(/\$(?:(\d\d?)|<(\w+)>|([&$]))/g, (whole, number?: string, name?: string, sign?: string) => {
      if (sign !== undefined) return sign === '$' ? '$' : (matcher.group(0) ?? '');
      const place = name === undefined ? Number(number) : names[name];
      if (name !== undefined && place === undefined) return Object.keys(names).length === 0 ? whole : '';
      return place === undefined || place === 0 || place > groups ? whole : (matcher.group(place) ?? '');
    });
}
