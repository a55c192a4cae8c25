import { canonicalKey, isLabelText, NAME_LABEL } from '#core/model/labels.ts';
import type { Pattern, PatternId } from './pattern.ts';
import type { PatternMiner } from './pattern-miner.ts';

/** The counter of each pattern's lines since the process began. */
export const PATTERN_METRIC = 'log_pattern_lines_total';

/** A pattern that nobody has pinned gets a series once it has so many lines; so many of a service, and of all. */
const MIN_LINES = 100;
const MAX_OF_SERVICE = 200;
const MAX_SERIES = 2_000;

/** Writes a value of the series with this canonical key. */
export type WriteSeries = (key: Uint8Array, value: number) => void;

/** Which patterns have a series, and what is in it. What users merged counts for the pattern they merged it into. */
export class PatternSeries {
  readonly #miner: PatternMiner;
  readonly #keys = new Map<PatternId, Uint8Array>();
  readonly #ofService = new Map<string, number>();

  constructor(miner: PatternMiner) {
    this.#miner = miner;
  }

  /** Writes the counters. A series that has begun goes on as long as its pattern is there. */
  write(write: WriteSeries): void {
    const { pins, merges } = this.#miner.orders;
    const pinned = new Set(pins);
    const sums = new Map<PatternId, number>();
    const services = new Map<PatternId, string>();
    for (const pattern of this.#miner.live) {
      const id = this.#target(pattern, merges);
      sums.set(id, (sums.get(id) ?? 0) + pattern.counted);
      if (id === pattern.id || !services.has(id)) services.set(id, pattern.service);
    }
    for (const [id, lines] of sums) {
      const key = this.#keys.get(id) ?? this.#begin(id, services.get(id) ?? '', lines, pinned.has(id));
      if (key !== undefined) write(key, lines);
    }
  }

  has(id: PatternId): boolean {
    return this.#keys.has(id);
  }

  #target({ id }: Pattern, merges: Readonly<Record<PatternId, PatternId>>): PatternId {
    const into = merges[id];
    return into === undefined ? id : this.#miner.currentId(into);
  }

  #begin(id: PatternId, service: string, lines: number, isPinned: boolean): Uint8Array | undefined {
    const others = this.#ofService.get(service) ?? 0;
    const hasRoom = lines >= MIN_LINES && others < MAX_OF_SERVICE && this.#keys.size < MAX_SERIES;
    if (!isPinned && !hasRoom) return undefined;
    const labels = {
      [NAME_LABEL]: PATTERN_METRIC,
      pattern: id,
      ...(isLabelText(service) && service !== '' && { service }),
    };
    const key = Buffer.from(canonicalKey(labels));
    this.#keys.set(id, key);
    this.#ofService.set(service, others + 1);
    return key;
  }
}
