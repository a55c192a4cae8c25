import { queryError } from './query-error.ts';

/** Characters that end a path element unless escaped (graphite-web's grammar). */
const SYMBOLS = new Set('(){},.\'"\\|');
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?=\s*(?:[,)|]|$))/y;
const WORD = /[A-Za-z_][A-Za-z0-9_]*/y;
const STRING = /"(?:[^"\n\r\\]|""|\\[^\n\r])*"|'(?:[^'\n\r\\]|''|\\[^\n\r])*'/y;

/** A cursor over the text of a target; every failure names the position. */
export class Scanner {
  readonly text: string;
  position = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** The error for this place. */
  fail(expected: string): never {
    const near = this.text.slice(this.position, this.position + 20);
    const found = near === '' ? 'the end of the target' : `'${near}'`;
    throw queryError(`Invalid target: expected ${expected} at position ${this.position}, found ${found}`, {
      position: this.position,
      target: this.text.slice(0, 500),
    });
  }

  skipSpace(): void {
    while (/\s/.test(this.text.charAt(this.position))) this.position++;
  }

  /** True when the next character after white space is `char`; then it is consumed. */
  take(char: string): boolean {
    this.skipSpace();
    if (this.text.charAt(this.position) !== char) return false;
    this.position++;
    return true;
  }

  expect(char: string): void {
    if (!this.take(char)) this.fail(`'${char}'`);
  }

  get atEnd(): boolean {
    this.skipSpace();
    return this.position >= this.text.length;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.position;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.position += found.length;
    return found;
  }

  number(): string | undefined {
    return this.#match(NUMBER);
  }

  /** The text between the quotes; backslashes stay as written, as in graphite-web. */
  string(): string | undefined {
    return this.#match(STRING)?.slice(1, -1);
  }

  /** A name that is followed by `next`, which is consumed too; else nothing is consumed. */
  wordBefore(next: string): string | undefined {
    const start = this.position;
    const word = this.#match(WORD);
    if (word !== undefined && this.take(next)) return word;
    this.position = start;
    return undefined;
  }

  /** A reserved word (any case) that stands alone as an argument. */
  keyword(): string | undefined {
    const start = this.position;
    const word = this.#match(WORD)?.toLowerCase();
    if (word !== undefined && ['true', 'false', 'none', 'inf'].includes(word)) {
      this.skipSpace();
      if (this.atEnd || ',)'.includes(this.text.charAt(this.position))) return word;
    }
    this.position = start;
    return undefined;
  }

  /** A path with globs and enumerations `{a,b}`; an escaped symbol loses its backslash. Empty when there is none. */
  path(): string {
    let out = '';
    let depth = 0;
    for (; this.position < this.text.length; this.position++) {
      const char = this.text.charAt(this.position);
      const next = this.text.charAt(this.position + 1);
      if (char === '\\' && next !== '' && (SYMBOLS.has(next) || next === '=')) {
        out += next;
        this.position++;
      } else if (char === '{') {
        out += char;
        depth++;
      } else if (char === '}' && depth > 0) {
        out += char;
        depth--;
      } else if (depth > 0 && /[, ]/.test(char)) {
        if (char === ',') out += char;
      } else if (char === '.' || (!SYMBOLS.has(char) && !/\s/.test(char))) {
        out += char;
      } else break;
    }
    if (depth > 0) this.fail("'}'");
    return out;
  }
}
