import { type KnownPattern, NO_PATTERN_ORDERS, type PatternOrders } from '#core/api/log-patterns.ts';
import { hashText } from './byte-hash.ts';
import { LineShape, WILDCARD } from './line-shape.ts';
import { idWords, type Pattern, type PatternId, patternId, resolved } from './pattern.ts';
import type { NewShape } from './pattern-group.ts';
import { ServicePatterns } from './service-patterns.ts';
import { ShapeTable } from './shape-table.ts';
import { wordsOf, wordText } from './shape-text.ts';

/** Patterns that one service may have, and all of them. */
export const MAX_SERVICE_PATTERNS = 1_000;
export const MAX_PATTERNS = 10_000;
/** Services beyond so many share one room. */
const MAX_SERVICES = 2_000;
/** What was ever born in this process; absorbed ones are kept, since shapes lead to them. */
const MAX_BORN = 100_000;
const MAX_SPLIT_PARTS = 50;
/** Of lines without a pattern, where there is no room for new ones, one in so many is compared with the patterns. */
const COMPARED_OF_UNFITTED = 32;
const FORGOTTEN_AFTER_MS = 7 * 86_400_000;
const SWEEP_EVERY_MS = 600_000;

/** A pattern as it was written down. */
export type PatternRecord = Pick<KnownPattern, 'id' | 'service' | 'words' | 'count' | 'first' | 'last' | 'isOther'> & {
  readonly hashes: readonly number[];
  readonly splitFrom?: PatternId | undefined;
};

/**
 * Finds the pattern of each line, and makes new ones. After a known shape it costs one hash of the line and one look-up; a
 * shape that is new is compared with the patterns of its service that have as many words.
 */
export class PatternMiner {
  readonly #shape = new LineShape();
  readonly #table = new ShapeTable();
  readonly #services = new Map<string, ServicePatterns>();
  /** By place; place 0 is none. */
  readonly #born: (Pattern | undefined)[] = [undefined];
  readonly #byId = new Map<PatternId, Pattern>();
  /** Ids of patterns that became a part of others. */
  readonly aliases = new Map<PatternId, PatternId>();
  #service: ServicePatterns | undefined;
  #orders = NO_PATTERN_ORDERS;
  #live = 0;
  #unfitted = 0;
  /** Grows when patterns are born or absorbed. */
  changes = 0;

  /** The pattern of a line of time `t` (ms), which counts for it; undefined for a line without a word. */
  take(service: string, body: Uint8Array | string, t: number): Pattern | undefined {
    const of = this.#service?.name === service ? this.#service : this.#serviceOf(service);
    const shape = this.#shape;
    shape.read(body, of.seed);
    if (shape.count === 0) return undefined;
    let pattern = this.#born[this.#table.get(shape.low, shape.high)] ?? this.#learn(of);
    if (pattern.absorbedBy !== undefined) pattern = resolved(pattern);
    if (pattern.split !== undefined) pattern = this.#partOf(of, pattern);
    pattern.count += 1;
    pattern.counted += 1;
    if (t > pattern.last) pattern.last = t;
    if (t < pattern.first) pattern.first = t;
    if (t > of.last) of.last = t;
    if (t < of.first) of.first = t;
    return pattern;
  }

  /** Patterns that lines go to. */
  get live(): IterableIterator<Pattern> {
    return this.#byId.values();
  }

  /** How many they are. */
  get size(): number {
    return this.#live;
  }

  get services(): IterableIterator<ServicePatterns> {
    return this.#services.values();
  }

  get orders(): PatternOrders {
    return this.#orders;
  }

  set orders(orders: PatternOrders) {
    this.#orders = orders;
    for (const pattern of this.#byId.values()) this.#applySplit(pattern);
  }

  /** The id under which a pattern is known now. */
  currentId(id: PatternId): PatternId {
    let end = id;
    for (let next = this.aliases.get(end); next !== undefined; next = this.aliases.get(end)) end = next;
    return end;
  }

  /** What is known of a pattern, or of the one it has become a part of. */
  known(id: PatternId): Omit<KnownPattern, 'hasSeries'> | undefined {
    const pattern = this.#byId.get(this.currentId(id));
    if (pattern === undefined) return undefined;
    const service = this.#services.get(pattern.service);
    const { words, count, first, last, isOther, splitFrom } = pattern;
    return {
      ...{ id: pattern.id, service: pattern.service, words, count, first, last, isOther, splitFrom },
      ...{ serviceFirst: service?.first ?? first, serviceLast: service?.last ?? last },
    };
  }

  /** Takes what an earlier process knew. */
  restore(
    patterns: readonly PatternRecord[],
    services: readonly { name: string; first: number; last: number }[],
  ): void {
    for (const { name, first, last } of services) Object.assign(this.#serviceOf(name), { first, last });
    for (const record of patterns) {
      const service = this.#serviceOf(record.service);
      const hashes = Uint32Array.from(record.hashes);
      const pattern = this.#bear(service, { ...record, ...idWords(record.id), hashes });
      Object.assign(pattern, { count: record.count, first: record.first, last: record.last });
      if (record.isOther) service.other = pattern;
      else if (record.splitFrom === undefined) service.groupOf(hashes.length).add(pattern);
      else this.#rejoin(record.splitFrom, pattern);
    }
    this.orders = this.#orders;
  }

  #serviceOf(name: string): ServicePatterns {
    const known = this.#services.get(name);
    if (known === undefined && this.#services.size >= MAX_SERVICES) return this.#serviceOf('');
    const service = known ?? new ServicePatterns(name, (absorbed, by) => this.#absorbed(absorbed, by));
    if (known === undefined) this.#services.set(name, service);
    this.#service = service;
    return service;
  }

  /** The pattern of a shape that the table does not know. */
  #learn(service: ServicePatterns): Pattern {
    const { count, low, high, words: all } = this.#shape;
    const group = service.groupOf(count);
    const hashes = all.subarray(0, count);
    const pattern = group.find(hashes) ?? (this.#hasRoom(service) ? this.#newPattern(service) : this.#fitted(service));
    if (pattern === undefined) return this.#otherOf(service);
    this.#table.set(low, high, pattern.place);
    return pattern;
  }

  /** Without room for new ones: a pattern made general enough. Few lines are compared; what comes again is, soon. */
  #fitted(service: ServicePatterns): Pattern | undefined {
    this.#unfitted = (this.#unfitted + 1) % COMPARED_OF_UNFITTED;
    if (this.#unfitted !== 0) return undefined;
    const shape = newShape(this.#shape);
    this.changes += 1;
    return service.groupOf(shape.hashes.length).nearest(shape);
  }

  #newPattern(service: ServicePatterns): Pattern {
    const shape = newShape(this.#shape);
    const group = service.groupOf(shape.hashes.length);
    this.changes += 1;
    const general = group.generalise(shape);
    if (general !== undefined) return general;
    const low = mixed(this.#shape.low);
    const high = mixed(this.#shape.high ^ low);
    const known = this.#byId.get(this.currentId(patternId(low, high)));
    if (known !== undefined) return known;
    const pattern = this.#bear(service, { ...shape, low, high });
    group.add(pattern);
    return pattern;
  }

  #otherOf(service: ServicePatterns): Pattern {
    const low = mixed(hashText(service.name, 7));
    const words = { words: [WILDCARD], hashes: new Uint32Array(1), isOther: true };
    service.other ??= this.#bear(service, { ...words, low, high: mixed(low ^ service.seed) });
    return service.other;
  }

  /** Room for one more pattern, if need be by forgetting what has not been seen for long. */
  #hasRoom(service: ServicePatterns): boolean {
    const isFull = (): boolean => service.live >= MAX_SERVICE_PATTERNS || this.#live >= MAX_PATTERNS;
    if (this.#born.length >= MAX_BORN) return false;
    if (isFull() && service.last - service.sweptAt >= SWEEP_EVERY_MS) this.#forgetOld(service);
    return !isFull();
  }

  #forgetOld(service: ServicePatterns): void {
    service.sweptAt = service.last;
    for (const group of service.groups.values()) {
      for (const pattern of [...group.members]) {
        if (pattern.last >= service.last - FORGOTTEN_AFTER_MS || this.#orders.pins.includes(pattern.id)) continue;
        group.remove(pattern);
        this.#byId.delete(pattern.id);
        this.#live -= 1;
        service.live -= 1;
      }
    }
    this.#table.clear();
  }

  #bear(service: ServicePatterns, given: Birth): Pattern {
    const pattern: Pattern = {
      ...{ place: this.#born.length, id: patternId(given.low, given.high), low: given.low, high: given.high },
      ...{ service: service.name, hashes: given.hashes, words: given.words },
      ...{ count: 0, first: Number.POSITIVE_INFINITY, last: 0, absorbedBy: undefined },
      ...{ isOther: given.isOther ?? false, splitFrom: given.splitFrom, split: undefined, counted: 0 },
    };
    this.#born.push(pattern);
    this.#byId.set(pattern.id, pattern);
    this.aliases.delete(pattern.id);
    this.#live += 1;
    service.live += 1;
    this.#applySplit(pattern);
    return pattern;
  }

  #absorbed(pattern: Pattern, by: Pattern): void {
    this.#live -= 1;
    this.#byId.delete(pattern.id);
    this.aliases.set(pattern.id, by.id);
  }

  #applySplit(pattern: Pattern): void {
    const word = this.#orders.splits[pattern.id];
    if (pattern.split?.word === word) return;
    const isPossible = word !== undefined && word < pattern.words.length;
    const before = pattern.split;
    pattern.split = isPossible ? { word, parts: new Map() } : undefined;
    for (const part of before?.parts.values() ?? []) this.#takeBack(part, pattern);
  }

  /** A part becomes one with its pattern again. */
  #takeBack(part: Pattern, pattern: Pattern): void {
    pattern.count += part.count;
    pattern.counted += part.counted;
    pattern.first = Math.min(pattern.first, part.first);
    pattern.last = Math.max(pattern.last, part.last);
    part.absorbedBy = pattern;
    const service = this.#services.get(part.service);
    if (service !== undefined) service.live -= 1;
    this.#absorbed(part, pattern);
    this.changes += 1;
  }

  /** The part of a pattern that is split, by the word of this line. */
  #partOf(service: ServicePatterns, pattern: Pattern): Pattern {
    const { word, parts } = pattern.split ?? { word: 0, parts: new Map<string, Pattern>() };
    const text = wordText(this.#shape, word);
    const known = parts.get(text);
    if (known !== undefined) return known;
    if (parts.size >= MAX_SPLIT_PARTS) return pattern;
    const low = mixed(hashText(text, pattern.low ^ word));
    const high = mixed(hashText(text, pattern.high ^ low));
    const words = pattern.words.map((one, i) => (i === word ? text : one));
    const part =
      this.#byId.get(patternId(low, high)) ??
      this.#bear(service, { low, high, words, hashes: new Uint32Array(0), splitFrom: pattern.id });
    parts.set(text, part);
    this.changes += 1;
    return part;
  }

  /** A part of an earlier process belongs to its pattern again, if that is still split so. */
  #rejoin(from: PatternId, part: Pattern): void {
    const split = this.#byId.get(this.currentId(from))?.split;
    const text = split && part.words[split.word];
    if (text !== undefined) split?.parts.set(text, part);
  }
}

const newShape = (shape: LineShape): NewShape => ({ hashes: shape.words.slice(0, shape.count), words: wordsOf(shape) });

type Birth = {
  readonly low: number;
  readonly high: number;
  readonly hashes: Uint32Array;
  readonly words: readonly string[];
  readonly isOther?: boolean | undefined;
  readonly splitFrom?: PatternId | undefined;
};

/** All bits of a hash depend on all of its bits (MurmurHash3's finalizer); never 0. */
function mixed(word: number): number {
  let h = word ^ (word >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0 || 1;
}
