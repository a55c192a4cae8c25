import type { FromThread } from '#pipeline/protocol.ts';
import type { SeriesCatalogue } from './series-catalogue.ts';

const EVERY_MS = 200;
/** One message stays small enough not to hold up the main thread. */
const MAX_PER_MESSAGE = 2_000;

/** Tells the main thread of series seen for the first time, when someone there wants to know. */
export class NewSeries {
  readonly #catalogue: SeriesCatalogue;
  readonly #post: (message: FromThread) => void;
  #wanted = false;
  #waiting: number[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(catalogue: SeriesCatalogue, post: (message: FromThread) => void) {
    this.#catalogue = catalogue;
    this.#post = post;
  }

  announce(wanted: boolean): void {
    this.#wanted = wanted;
    if (wanted) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting = [];
  }

  onNew(ordinal: number): void {
    if (!this.#wanted) return;
    this.#waiting.push(ordinal);
    this.#timer ??= setTimeout(() => this.#hand(), EVERY_MS);
  }

  #hand(): void {
    this.#timer = undefined;
    const some = this.#waiting.splice(0, MAX_PER_MESSAGE);
    if (some.length === 0) return;
    const ids = BigUint64Array.from(some, (ordinal) => this.#catalogue.id(ordinal));
    const families = Uint32Array.from(some, (ordinal) => this.#catalogue.family[ordinal] ?? 0);
    const keys = some.map((ordinal) => this.#catalogue.key(ordinal));
    this.#post({ kind: 'new-series', ids, families, keys });
    if (this.#waiting.length > 0) this.#timer = setTimeout(() => this.#hand(), EVERY_MS);
  }
}
