import assert from 'node:assert/strict';
import type { Product } from '#test/product/product.ts';

/** A sender that knows what was acknowledged: line n is sample n of its own series, value n. */
export class Ledger {
  readonly name: string;
  readonly acknowledged: number[] = [];
  /** Sent, but the answer never came: they may be there, once. */
  readonly unknown: number[] = [];
  #next = 1;
  readonly #startMs: number;

  constructor(name: string) {
    this.name = name;
    // Ten minutes back, so that a whole test stays behind the future limit; one sample a 10 ms.
    this.#startMs = Math.floor(Date.now() / 1000) * 1000 - 600_000;
  }

  /** Sends one batch over HTTP; resolves with whether it was acknowledged. */
  async send(product: Product, lines = 200): Promise<boolean> {
    const first = this.#next;
    this.#next += lines;
    const numbers = Array.from({ length: lines }, (_, i) => first + i);
    const body = numbers
      .map((n) => `ledger.${this.name}.s${n % 10} ${n} ${(this.#startMs + n * 10) / 1000}`)
      .join('\n');
    const answered = await product
      .request('/api/ingest/graphite', { method: 'POST', body })
      .then(async (response) => response.ok && ((await response.json()) as { accepted: number }).accepted === lines)
      .catch(() => false);
    (answered ? this.acknowledged : this.unknown).push(...numbers);
    return answered;
  }

  /** Sends until the promise settles; a refused batch is not sent again. */
  async sendUntil(product: Product, end: Promise<unknown>): Promise<void> {
    let isOver = false;
    const over = end.finally(() => {
      isOver = true;
    });
    while (!isOver) {
      if (!(await this.send(product))) await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await over;
  }

  /** Asserts that every acknowledged sample is stored once, none twice, and that the rollups say the same. */
  async verify(product: Product): Promise<void> {
    const where = `(family, id) IN (SELECT family, id FROM series WHERE path LIKE 'ledger.${this.name}.%')`;
    await product.until(async () => (await product.self()).spool.files === 0);
    const rows = await product.sql<{ v: number; n: string }>(
      `SELECT toUInt32(v) AS v, count() AS n FROM samples WHERE ${where} GROUP BY v ORDER BY v LIMIT 1000000`,
    );
    const counts = new Map(rows.map(({ v, n }) => [Number(v), Number(n)]));
    const lost = this.acknowledged.filter((n) => !counts.has(n));
    const doubled = [...counts].filter(([, n]) => n !== 1);
    assert.deepEqual({ lost: lost.slice(0, 5), doubled: doubled.slice(0, 5) }, { lost: [], doubled: [] });
    const total = [...counts.keys()].length;
    assert.ok(total <= this.acknowledged.length + this.unknown.length);
    for (const table of ['samples_5m', 'samples_1h']) {
      const [sum] = await product.sql<{ n: string }>(`SELECT sum(vcnt) AS n FROM ${table} WHERE ${where}`);
      assert.equal(Number(sum?.n), total, `${table} counts what samples holds`);
    }
  }
}
