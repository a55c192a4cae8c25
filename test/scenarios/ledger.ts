import assert from 'node:assert/strict';
import type { Product } from '#test/product/product.ts';

const ROLLUP_LIMIT_MS = 180_000;

const LINES_PER_ANSWER = 1_000_000;
const SERIES = 100;
const SENDERS = 4;
const START_AGO_MS = 5 * 86_400_000;

/** A sender that knows what was acknowledged: value n is line n; the series take turns, each has a sample a second. */
export class Ledger {
  readonly name: string;
  readonly acknowledged: number[] = [];
  /** Sent, but the answer never came: they may be there, once. */
  readonly unknown: number[] = [];
  #next = 1;
  #stored = 0;
  readonly #startMs: number;

  constructor(name: string) {
    this.name = name;
    // Days back: forty million lines stay behind the present, however fast the machine is.
    this.#startMs = Math.floor(Date.now() / 1000) * 1000 - START_AGO_MS;
  }

  /** Sends one batch over HTTP; resolves with whether it was acknowledged. */
  async send(product: Product, lines = 200): Promise<boolean> {
    const first = this.#next;
    this.#next += lines;
    const numbers = Array.from({ length: lines }, (_, i) => first + i);
    const body = numbers
      .map((n) => `ledger.${this.name}.s${n % SERIES} ${n} ${this.#startMs / 1000 + Math.floor(n / SERIES)}`)
      .join('\n');
    const answered = await product
      .request('/api/ingest/graphite', { method: 'POST', body })
      .then(async (response) => response.ok && ((await response.json()) as { accepted: number }).accepted === lines)
      .catch(() => false);
    (answered ? this.acknowledged : this.unknown).push(...numbers);
    return answered;
  }

  /** Several senders send until the promise settles, so that files wait for the store; a refused batch is not sent again. */
  async sendUntil(product: Product, end: Promise<unknown>): Promise<void> {
    const ended = new AbortController();
    const over = end.finally(() => ended.abort());
    // Told at the end, which a rejection must not come before.
    over.catch(() => undefined);
    const sender = async (): Promise<void> => {
      while (!ended.signal.aborted) {
        if (!(await this.send(product))) await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };
    await Promise.all(Array.from({ length: SENDERS }, sender));
    await over;
  }

  /** Asserts that every acknowledged sample is stored once, and none twice. */
  async verify(product: Product): Promise<void> {
    await product.until(async () => (await product.self()).spool.files === 0);
    const counts = await this.#counts(product);
    const lost = this.acknowledged.filter((n) => counts[n] === 0);
    const stored = [...counts.keys()].filter((n) => counts[n] !== 0);
    const doubled = stored.filter((n) => counts[n] !== 1);
    assert.deepEqual({ lost: lost.slice(0, 5), doubled: doubled.slice(0, 5) }, { lost: [], doubled: [] });
    this.#stored = stored.length;
    assert.ok(this.#stored <= this.acknowledged.length + this.unknown.length);
  }

  /** Waits until the rollups, which follow within minutes, say the same, and asserts that they then stay so. */
  async verifyRollups(product: Product): Promise<void> {
    const count = async (table: string): Promise<number> => {
      const [sum] = await product.sql<{ n: string }>(`SELECT sum(vcnt) AS n FROM ${table} WHERE ${this.#selection()}`);
      return Number(sum?.n);
    };
    await product.until(async () => (await count('samples_5m')) >= this.#stored, ROLLUP_LIMIT_MS);
    assert.equal(await count('samples_5m'), this.#stored);
    assert.equal(await count('samples_1h'), this.#stored);
  }

  /** How often each line is stored, by its number; asked for in pieces, since an answer has a limit. */
  async #counts(product: Product): Promise<Uint8Array> {
    const counts = new Uint8Array(this.#next);
    for (let from = 0; from < this.#next; from += LINES_PER_ANSWER) {
      const [row] = await product.sql<{ values: number[] }>(
        `SELECT groupArray(toUInt32(v)) AS values FROM samples WHERE ${this.#selection()} AND v >= ${from} AND v < ${from + LINES_PER_ANSWER}`,
      );
      for (const n of row?.values ?? []) counts[n] = (counts[n] ?? 0) + 1;
    }
    return counts;
  }

  #selection(): string {
    return `(family, id) IN (SELECT family, id FROM series WHERE path LIKE 'ledger.${this.name}.%')`;
  }
}
