import { hashText } from './byte-hash.ts';
import type { Pattern } from './pattern.ts';
import { PatternGroup } from './pattern-group.ts';

/** What is known of one service's lines. */
export class ServicePatterns {
  readonly name: string;
  /** Keeps its shapes apart from those of other services. */
  readonly seed: number;
  /** By number of words. */
  readonly groups = new Map<number, PatternGroup>();
  /** Times of its lines, ms. */
  first = Number.POSITIVE_INFINITY;
  last = 0;
  /** Patterns that lines go to; and when old ones were last forgotten. */
  live = 0;
  sweptAt = 0;
  other: Pattern | undefined;
  readonly #onAbsorb: (absorbed: Pattern, by: Pattern) => void;

  constructor(name: string, onAbsorb: (absorbed: Pattern, by: Pattern) => void) {
    this.name = name;
    this.seed = hashText(name);
    this.#onAbsorb = (absorbed, by) => {
      this.live -= 1;
      onAbsorb(absorbed, by);
    };
  }

  groupOf(words: number): PatternGroup {
    let group = this.groups.get(words);
    if (group === undefined) {
      group = new PatternGroup(this.#onAbsorb);
      this.groups.set(words, group);
    }
    return group;
  }
}
