import { graphiteName } from './graphite-source-name.ts';
import type { SeriesRef } from './series-source.ts';

/** A series of the catalogue as Graphite names it, and its step in seconds by the schemas. */
export type Wanted = {
  readonly ref: SeriesRef;
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly step: number;
};

/** Names the series of selections; a selection that is handed over again, as the catalogue does, is not named again. */
export class WantedSeries {
  readonly #stepOf: (name: string) => number;
  readonly #known = new WeakMap<readonly SeriesRef[], readonly Wanted[]>();

  /** `stepOf`: seconds between the points of a series, by its name. */
  constructor(stepOf: (name: string) => number) {
    this.#stepOf = stepOf;
  }

  /** The series, sorted by name. */
  of(refs: readonly SeriesRef[]): readonly Wanted[] {
    const known = this.#known.get(refs);
    if (known !== undefined) return known;
    const wanted = refs
      .map((ref) => {
        const named = graphiteName(ref.labels);
        return { ref, ...named, step: this.#stepOf(named.name) };
      })
      .sort((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
    this.#known.set(refs, wanted);
    return wanted;
  }
}
