import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { InputAccount } from '#core/api/status.ts';
import type { Product } from '#test/product/product.ts';

const LINES = 500;
const PAUSE_MS = 50;
const INPUT = 'graphite-plaintext';

/** A Graphite TCP sender that never gives up and waits when it is made to: line n is sample n of its series, value n. */
export class GraphiteStream {
  readonly name: string;
  /** Lines written to the socket. */
  sent = 0;
  readonly #socket: Socket;
  #ended = false;
  #running: Promise<void>;

  private constructor(name: string, socket: Socket) {
    this.name = name;
    this.#socket = socket;
    this.#running = this.#run();
    // Told by `end`.
    this.#running.catch(() => undefined);
  }

  /** Connects and starts to send, about 10,000 lines a second while nobody holds it up. */
  static async start(product: Product, name: string): Promise<GraphiteStream> {
    const socket = connect(await product.listener(`${INPUT}/tcp`));
    await once(socket, 'connect');
    return new GraphiteStream(name, socket);
  }

  /** Ends the stream; resolves when the product has taken all of it. Rejects when the line was cut. */
  async end(): Promise<void> {
    this.#ended = true;
    await this.#running;
  }

  /** Asserts that every line sent is stored once, or refused or dropped with a reason. */
  async verify(product: Product): Promise<void> {
    await product.until(async () => {
      const account = (await product.self()).accounts.find(({ input }) => input === INPUT);
      return account?.held === 0 && account.received >= this.sent;
    });
    const [row] = await product.sql<{ n: string; distinct: string }>(
      `SELECT count() AS n, uniqExact(v) AS distinct FROM samples
       WHERE (family, id) IN (SELECT family, id FROM series WHERE path LIKE 'stream.${this.name}.%')`,
    );
    const account = (await conservedAccounts(product)).find(({ input }) => input === INPUT);
    const lost = total(account?.rejected ?? {}) + total(account?.dropped ?? {});
    assert.equal(Number(row?.n), Number(row?.distinct), 'none is doubled');
    assert.equal(Number(row?.n) + lost, this.sent, JSON.stringify(account));
  }

  async #run(): Promise<void> {
    const closed = once(this.#socket, 'close');
    while (!this.#ended) {
      if (!this.#socket.write(this.#lines())) await Promise.race([once(this.#socket, 'drain'), closed]);
      assert.ok(!this.#socket.destroyed, 'the line of the sender was cut');
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
    this.#socket.resume().end();
    await closed;
  }

  #lines(): string {
    const lines: string[] = [];
    const from = Date.now();
    for (let i = 0; i < LINES; i++) {
      const n = ++this.sent;
      lines.push(`stream.${this.name}.s${n % 20} ${n} ${(from + i / 10) / 1000}\n`);
    }
    return lines.join('');
  }
}

const total = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((a, b) => a + b, 0);

/** Every input's account, after asserting that each adds up to the record. */
export async function conservedAccounts(product: Product): Promise<readonly InputAccount[]> {
  const { accounts } = await product.self();
  for (const { input, received, stored, held, rejected, dropped } of accounts) {
    assert.equal(received, stored + held + total(rejected) + total(dropped), `${input} adds up`);
  }
  return accounts;
}
