import type { SeriesSource } from './series-catalogue.ts';

const MAX_SOURCES = 10_000;

/** Who created how many series, by input and address. */
export class Sources {
  readonly #known = new Map<string, SeriesSource>();
  /** Shared by all senders beyond what is worth remembering. */
  readonly #others: SeriesSource = { series: 0 };

  of(input: number, address: string): SeriesSource {
    const name = `${input} ${address}`;
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    if (this.#known.size >= MAX_SOURCES) return this.#others;
    const source = { series: 0 };
    this.#known.set(name, source);
    return source;
  }
}
