import { mergedSpans, type TimeSpan } from '#core/model/time-span.ts';

/** Pieces that are kept apart. */
const MAX_SPANS = 2_000;

/** Where lines have come to; undefined: anywhere. */
export type Arrived = readonly TimeSpan[] | undefined;

/** Where the times of lines lie that came into the store since it was last asked. */
export class Arrivals {
  #spans: TimeSpan[] = [];
  #isAnywhere = false;

  notice(spans: Arrived): void {
    if (spans === undefined) this.#isAnywhere = true;
    else this.#spans.push(...spans);
    if (this.#spans.length <= MAX_SPANS) return;
    this.#spans = mergedSpans(this.#spans);
    const [first, last] = [this.#spans[0], this.#spans.at(-1)];
    if (this.#spans.length > MAX_SPANS / 2 && first && last) this.#spans = [[first[0], last[1]]];
  }

  take(): Arrived {
    const taken = this.#isAnywhere ? undefined : mergedSpans(this.#spans);
    this.#spans = [];
    this.#isAnywhere = false;
    return taken;
  }
}
