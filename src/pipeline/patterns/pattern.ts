import { WILDCARD } from './line-shape.ts';

/** A pattern's id of 64 bits, as 16 hex digits. */
export type PatternId = string;

/** A pattern that lines belong to. What counts is changed once per line, the words when it is generalised. */
export type Pattern = {
  /** Its place in the list of all, from 1. */
  readonly place: number;
  readonly id: PatternId;
  readonly low: number;
  readonly high: number;
  readonly service: string;
  /** Hashes of its words; 0: any word. */
  hashes: Uint32Array;
  words: readonly string[];
  /** Lines since it was born. */
  count: number;
  /** Times of lines, ms. */
  first: number;
  last: number;
  /** The one it has become a part of. */
  absorbedBy: Pattern | undefined;
  /** It holds the lines of shapes that have no room of their own. */
  readonly isOther: boolean;
  /** The one whose lines it takes apart by a word. */
  readonly splitFrom: PatternId | undefined;
  split: Split | undefined;
  /** Lines in this process. */
  counted: number;
};

/** Lines of a pattern go to patterns of their own, by the word at this place. */
export type Split = { readonly word: number; readonly parts: Map<string, Pattern> };

/** The end of the chain of those that have absorbed it. */
export function resolved(pattern: Pattern): Pattern {
  let end = pattern;
  while (end.absorbedBy !== undefined) end = end.absorbedBy;
  return end;
}

/** Places where any word may stand. */
export function wildPlaces(hashes: Uint32Array): number[] {
  const places: number[] = [];
  hashes.forEach((hash, i) => {
    if (hash === 0) places.push(i);
  });
  return places;
}

/** Whether a word says something: letters stand beside its variable pieces. */
export const isTelling = (word: string): boolean => /[A-Za-z\u0080-\uffff]{2}/.test(word.replaceAll(WILDCARD, ''));

/** Two words of 32 bits as 16 hex digits. */
export function patternId(low: number, high: number): PatternId {
  return hex(high) + hex(low);
}

/** The two words of an id. */
export function idWords(id: PatternId): { readonly low: number; readonly high: number } {
  return { low: Number.parseInt(id.slice(8), 16), high: Number.parseInt(id.slice(0, 8), 16) };
}

const hex = (word: number): string => (word >>> 0).toString(16).padStart(8, '0');
