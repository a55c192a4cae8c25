import { LogQuerySyntaxError } from './syntax-error.ts';

const STRING = /"((?:\\.|[^"\\])*)"/sy;
/** Ends at the first `/` without `\`, which must end the word: `/var/log` is a path, no expression. */
const REGEX = /\/((?:\\.|[^/\\\n])+)\/(?=[\s)|,]|$)/y;

/** Reads a log query from left to right. */
export class QueryReader {
  readonly text: string;
  at = 0;
  #nodes = 0;
  #depth = 0;

  constructor(text: string) {
    this.text = text;
  }

  get done(): boolean {
    return this.at >= this.text.length;
  }

  skipSpace(): void {
    while (this.at < this.text.length && /\s/.test(this.text.charAt(this.at))) this.at++;
  }

  /** Whether the text goes on with this (a sticky expression), which stays to be read. */
  sees(pattern: RegExp): boolean {
    return this.#match(pattern) !== undefined;
  }

  /** Reads what matches (a sticky expression): the whole and its groups. */
  take(pattern: RegExp): RegExpExecArray | undefined {
    const found = this.#match(pattern);
    if (found !== undefined) this.at += found[0].length;
    return found;
  }

  /** Reads a text in quotes. */
  takeString(): string | undefined {
    if (this.text.charAt(this.at) !== '"') return undefined;
    const found = this.take(STRING) ?? this.fail('the quote is never closed');
    return (found[1] ?? '').replace(/\\(["\\])/g, '$1');
  }

  /** Reads an expression between slashes. */
  takeRegex(): string | undefined {
    return this.take(REGEX)?.[1]?.replaceAll('\\/', '/');
  }

  fail(message: string, at = this.at): never {
    throw new LogQuerySyntaxError(message, at);
  }

  /** Counts a part of the query against the limits. */
  count(): void {
    if (++this.#nodes > 500) this.fail('the query has more than 500 terms');
  }

  /** Reads something nested. */
  nested<T>(read: () => T): T {
    if (++this.#depth > 50) this.fail('the query is nested more than 50 levels deep');
    const value = read();
    this.#depth--;
    return value;
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    return pattern.exec(this.text) ?? undefined;
  }
}
