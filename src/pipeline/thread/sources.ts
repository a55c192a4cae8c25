import type { SourceRow } from '#pipeline/protocol.ts';
import type { SeriesSource } from './series-catalogue.ts';

const MAX_SOURCES = 10_000;
/** An hour in steps of five minutes. */
const MARKS = 12;
/** ms: how often {@link Sources.mark} wants to be called. */
export const MARK_EVERY_MS = 300_000;

type Source = SeriesSource & {
  readonly input: number;
  readonly address: string;
  /** How many series it had at the marks of the last hour, oldest first. */
  readonly marks: number[];
};

/** Who created how many series, by input and address. */
export class Sources {
  readonly #known = new Map<string, Source>();
  /** Shared by all senders beyond what is worth remembering. */
  readonly #others: Source = { series: 0, input: -1, address: '', marks: [] };

  of(input: number, address: string): SeriesSource {
    const name = `${input} ${address}`;
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    if (this.#known.size >= MAX_SOURCES) return this.#others;
    const source = { series: 0, input, address, marks: [] };
    this.#known.set(name, source);
    return source;
  }

  /** Remembers the counts of now, for what is new in an hour. */
  mark(): void {
    for (const { marks, series } of [...this.#known.values(), this.#others]) {
      marks.push(series);
      if (marks.length > MARKS) marks.shift();
    }
  }

  /** Those that have series, most first; the senders beyond what is remembered stand together under input -1. */
  list(): SourceRow[] {
    return [...this.#known.values(), this.#others]
      .filter(({ series }) => series > 0)
      .map(({ input, address, series, marks }) => {
        const before = marks.length < MARKS ? 0 : (marks[0] ?? 0);
        return { slot: input, address, series, newHour: series - before };
      })
      .toSorted((a, b) => b.series - a.series);
  }
}
