import { WILDCARD } from './line-shape.ts';
import { isTelling, type Pattern, wildPlaces } from './pattern.ts';

/** So many different words make a place variable. */
const MIN_SIBLINGS = 5;
/** Where several places differ at once, so many patterns for each of them. */
const MIN_SIBLINGS_EACH = 4;
/** The youngest ones, which a new shape is compared with. */
const MAX_COMPARED = 128;
const MAX_LAYOUTS = 64;

/** A shape that no pattern has yet. */
export type NewShape = { readonly hashes: Uint32Array; readonly words: readonly string[] };

/** Patterns that have their variable words at the same places, by the hash of the other words. */
type Layout = { readonly wild: readonly number[]; readonly patterns: Map<number, Pattern> };

/** The patterns of one service that have the same number of words. */
export class PatternGroup {
  /** Those with the fewest variable words first. */
  #layouts: Layout[] = [];
  /** Oldest first; without those that were absorbed. */
  readonly members: Pattern[] = [];
  readonly #onAbsorb: (absorbed: Pattern, by: Pattern) => void;

  constructor(onAbsorb: (absorbed: Pattern, by: Pattern) => void) {
    this.#onAbsorb = onAbsorb;
  }

  find(hashes: Uint32Array): Pattern | undefined {
    for (const { wild, patterns } of this.#layouts) {
      const found = patterns.get(keyOf(hashes, wild));
      if (found !== undefined) return found;
    }
    return undefined;
  }

  add(pattern: Pattern): void {
    this.members.push(pattern);
    const wild = wildPlaces(pattern.hashes);
    this.#layoutOf(wild).patterns.set(keyOf(pattern.hashes, wild), pattern);
  }

  remove(pattern: Pattern): void {
    const at = this.members.indexOf(pattern);
    if (at >= 0) this.members.splice(at, 1);
    this.#forget(pattern);
  }

  /**
   * The pattern that takes the new shape and its siblings in, once there are enough of them that differ at the same places
   * only; it and what it absorbed have changed.
   */
  generalise(shape: NewShape): Pattern | undefined {
    const places = this.#siblings(shape)
      .toSorted((a, b) => a.places.length - b.places.length)
      .find(({ places: differing, patterns }) => isVariable(differing, shape, patterns));
    return places && this.#merge(places.patterns, places.places);
  }

  /** The most similar pattern, made so general that it has the new shape; undefined: none has half of its words. */
  nearest(shape: NewShape): Pattern | undefined {
    let best: Siblings | undefined;
    for (const member of this.members.slice(-MAX_COMPARED)) {
      const places = differences(shape.hashes, member.hashes);
      if (places === undefined || (best !== undefined && best.places.length <= places.length)) continue;
      if (keepsSomething(places, shape)) best = { places, patterns: [member] };
    }
    return best && this.#merge(best.patterns, best.places);
  }

  /** Patterns by the places where they differ from the shape, each with those that differ at some of the places only. */
  #siblings({ hashes }: NewShape): Siblings[] {
    const found = new Map<string, Siblings>();
    for (const member of this.members.slice(-MAX_COMPARED)) {
      const places = differences(hashes, member.hashes);
      if (places === undefined) continue;
      const key = places.join();
      const known = found.get(key);
      if (known === undefined) found.set(key, { places, patterns: [member] });
      else known.patterns.push(member);
    }
    const all = [...found.values()];
    return all.map(({ places }) => {
      const within = all.filter((other) => other.places.every((place) => places.includes(place)));
      return { places, patterns: within.flatMap(({ patterns }) => patterns) };
    });
  }

  #merge(patterns: readonly Pattern[], places: readonly number[]): Pattern | undefined {
    const survivor = patterns.find(({ split }) => split !== undefined) ?? oldest(patterns);
    if (survivor === undefined || !this.#hasRoom(places)) return undefined;
    this.#forget(survivor);
    for (const pattern of patterns) {
      if (pattern === survivor || pattern.split !== undefined) continue;
      pattern.absorbedBy = survivor;
      survivor.count += pattern.count;
      survivor.counted += pattern.counted;
      survivor.first = Math.min(survivor.first, pattern.first);
      survivor.last = Math.max(survivor.last, pattern.last);
      this.remove(pattern);
      this.#onAbsorb(pattern, survivor);
    }
    survivor.hashes = survivor.hashes.map((hash, i) => (places.includes(i) ? 0 : hash));
    survivor.words = survivor.words.map((word, i) => (places.includes(i) ? WILDCARD : word));
    const { patterns: same } = this.#layoutOf(wildPlaces(survivor.hashes));
    same.set(keyOf(survivor.hashes, wildPlaces(survivor.hashes)), survivor);
    return survivor;
  }

  #forget(pattern: Pattern): void {
    const wild = wildPlaces(pattern.hashes);
    const { patterns } = this.#layoutOf(wild);
    const key = keyOf(pattern.hashes, wild);
    if (patterns.get(key) === pattern) patterns.delete(key);
  }

  #hasRoom(places: readonly number[]): boolean {
    this.#layouts = this.#layouts.filter(({ patterns }) => patterns.size > 0);
    return this.#layouts.length < MAX_LAYOUTS || this.#layouts.some(({ wild }) => wild.join() === places.join());
  }

  #layoutOf(wild: readonly number[]): Layout {
    const known = this.#layouts.find((layout) => layout.wild.join() === wild.join());
    if (known !== undefined) return known;
    const layout = { wild, patterns: new Map<number, Pattern>() };
    this.#layouts.push(layout);
    this.#layouts.sort((a, b) => a.wild.length - b.wild.length);
    return layout;
  }
}

type Siblings = { readonly places: readonly number[]; readonly patterns: Pattern[] };

/** Places where they differ; undefined: at more than half of them. What is variable in one differs. */
function differences(shape: Uint32Array, pattern: Uint32Array): number[] | undefined {
  const most = shape.length >> 1;
  const places: number[] = [];
  for (let i = 0; i < shape.length; i += 1) {
    if (shape[i] === pattern[i]) continue;
    if (places.length === most) return undefined;
    places.push(i);
  }
  return places;
}

/** Each place has seen enough different words, and what is left says something. */
function isVariable(places: readonly number[], shape: NewShape, patterns: readonly Pattern[]): boolean {
  if (places.length > 1 && patterns.length + 1 < MIN_SIBLINGS_EACH * places.length && !patterns.some(isGeneral))
    return false;
  if (!keepsSomething(places, shape)) return false;
  return places.every((place) => {
    const words = new Set([shape.hashes[place], ...patterns.map(({ hashes }) => hashes[place])]);
    return words.has(0) || words.size >= MIN_SIBLINGS;
  });
}

const isGeneral = ({ hashes }: Pattern): boolean => hashes.includes(0);

const keepsSomething = (places: readonly number[], { words }: NewShape): boolean =>
  words.some((word, i) => !places.includes(i) && isTelling(word));

const oldest = (patterns: readonly Pattern[]): Pattern | undefined =>
  patterns.reduce<Pattern | undefined>(
    (best, one) => (best === undefined || one.place < best.place ? one : best),
    undefined,
  );

/** A hash of the words that are not variable, within the whole numbers. */
function keyOf(hashes: Uint32Array, wild: readonly number[]): number {
  let low = 0;
  let high = 0;
  for (let i = 0, next = 0; i < hashes.length; i += 1) {
    const isWild = wild[next] === i;
    if (isWild) next += 1;
    const hash = isWild ? 0 : (hashes[i] as number);
    low = Math.imul(low ^ hash, 0x85ebca6b) ^ (low >>> 13);
    high = Math.imul(high ^ hash, 0xc2b2ae35) ^ (high >>> 16);
  }
  return (low >>> 0) * 2 ** 21 + ((high >>> 0) & 0x1fffff);
}
