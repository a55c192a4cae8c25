/** Takes the members of a JSON text as they come; `kind` is the first character of the value's text. */
export type JsonMember = (name: string, value: string, isText: boolean) => void;

const MAX_DEPTH = 100;
const MAX_FIELDS = 1_000;

/**
 * Members of the JSON object at `at` with dotted names, in order; numbers keep their digits, arrays and what lies deeper than
 * 100 or beyond 1,000 fields keep their JSON text, null is left out. Index after the object, -1 when the text is none.
 */
export function jsonFields(text: string, at: number, member: JsonMember): number {
  const reader = new Reader(text, member);
  return reader.object(at, '', 1);
}

/** A reader that makes no objects: a line's members go to where they are wanted at once. */
class Reader {
  readonly #text: string;
  readonly #member: JsonMember;
  #count = 0;

  constructor(text: string, member: JsonMember) {
    this.#text = text;
    this.#member = member;
  }

  object(at: number, prefix: string, depth: number): number {
    let position = this.#space(at + 1);
    if (this.#text.charCodeAt(position) === 125) return position + 1;
    for (;;) {
      if (this.#text.charCodeAt(position) !== 34) return -1;
      const keyEnd = stringEnd(this.#text, position);
      if (keyEnd < 0) return -1;
      const key = stringValue(this.#text, position, keyEnd);
      position = this.#space(keyEnd);
      if (this.#text.charCodeAt(position) !== 58) return -1;
      position = this.#value(this.#space(position + 1), prefix === '' ? key : `${prefix}.${key}`, depth);
      if (position < 0) return -1;
      position = this.#space(position);
      const code = this.#text.charCodeAt(position);
      if (code === 125) return position + 1;
      if (code !== 44) return -1;
      position = this.#space(position + 1);
    }
  }

  #value(at: number, name: string, depth: number): number {
    const code = this.#text.charCodeAt(at);
    if (code === 34) {
      const end = stringEnd(this.#text, at);
      if (end > 0) this.#put(name, stringValue(this.#text, at, end), true);
      return end;
    }
    if (code === 123 && depth < MAX_DEPTH && this.#count < MAX_FIELDS) return this.object(at, name, depth + 1);
    if (code === 123 || code === 91) {
      const end = nestedEnd(this.#text, at);
      if (end > 0) this.#put(name, this.#text.slice(at, end), false);
      return end;
    }
    const end = scalarEnd(this.#text, at);
    const word = this.#text.slice(at, end);
    if (word === 'null') return end;
    if (word !== 'true' && word !== 'false' && !/^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(word)) return -1;
    this.#put(name, word, false);
    return end;
  }

  #put(name: string, value: string, isText: boolean): void {
    if (this.#count++ < MAX_FIELDS && name !== '') this.#member(name, value, isText);
  }

  #space(at: number): number {
    let position = at;
    for (;;) {
      const code = this.#text.charCodeAt(position);
      if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return position;
      position++;
    }
  }
}

/** Index after the string whose opening quote is at `at`, or -1. */
function stringEnd(text: string, at: number): number {
  let close = text.indexOf('"', at + 1);
  while (close > 0 && text.charCodeAt(close - 1) === 92) {
    let slashes = 1;
    while (text.charCodeAt(close - 1 - slashes) === 92) slashes++;
    if (slashes % 2 === 0) break;
    close = text.indexOf('"', close + 1);
  }
  return close < 0 ? -1 : close + 1;
}

function stringValue(text: string, at: number, end: number): string {
  const raw = text.slice(at + 1, end - 1);
  return raw.includes('\\') ? unescapeJson(raw) : raw;
}

const SHORT: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };

/** What a JSON string means; control characters in it and unknown escapes are let pass. */
export function unescapeJson(raw: string): string {
  return raw.replace(/\\(?:u([0-9a-fA-F]{4})|([^u]))/g, (_, hex?: string, char?: string) =>
    hex === undefined ? (SHORT[char ?? ''] ?? char ?? '') : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

function nestedEnd(text: string, at: number): number {
  let depth = 0;
  for (let i = at; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 34) {
      i = stringEnd(text, i) - 1;
      if (i < 0) return -1;
    } else if (code === 123 || code === 91) depth++;
    else if ((code === 125 || code === 93) && --depth === 0) return i + 1;
  }
  return -1;
}

function scalarEnd(text: string, at: number): number {
  let end = at;
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (code === 44 || code === 125 || code === 93 || code <= 32) break;
  }
  return end;
}
