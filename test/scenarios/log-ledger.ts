import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Product } from '#test/product/product.ts';

/** Sends lines and resolves with whether they were acknowledged. */
export type LogSender = (product: Product, lines: readonly string[]) => Promise<boolean>;

/** Elasticsearch's `_bulk`: every item answered with 201. */
export const sendBulk: LogSender = async (product, lines) => {
  const body = lines.map((message) => `{"create":{}}\n${JSON.stringify({ message })}\n`).join('');
  const headers = { authorization: `Bearer ${await product.token('ingest')}`, 'content-type': 'application/x-ndjson' };
  const response = await fetch(`${product.base}/elasticsearch/_bulk`, { method: 'POST', headers, body });
  const { items } = (await response.json()) as { items: { create: { status: number } }[] };
  return response.ok && items.length === lines.length && items.every(({ create }) => create.status === 201);
};

/** A window of Lumberjack 2 on a connection of its own, answered for its last event. */
export const sendLumberjack: LogSender = async (product, lines) => {
  const { host, port } = await product.listener('lumberjack/tcp');
  const socket = connect(port, host);
  try {
    const window = Buffer.from('2W\0\0\0\0', 'latin1');
    window.writeUInt32BE(lines.length, 2);
    socket.write(Buffer.concat([window, ...lines.map((message, i) => frame(i + 1, JSON.stringify({ message })))]));
    const ended = new AbortController();
    const closed = once(socket, 'close', { signal: ended.signal }).then(() => undefined);
    const answer = await Promise.race([once(socket, 'data', { signal: ended.signal }), closed]);
    ended.abort();
    await closed.catch(() => undefined);
    const [bytes] = (answer ?? []) as Buffer[];
    return bytes?.length === 6 && bytes.readUInt32BE(2) === lines.length;
  } finally {
    socket.destroy();
  }
};

function frame(sequence: number, text: string): Buffer {
  const payload = Buffer.from(text);
  const head = Buffer.alloc(10);
  head.write('2J');
  head.writeUInt32BE(sequence, 2);
  head.writeUInt32BE(payload.length, 6);
  return Buffer.concat([head, payload]);
}

/** A sender of numbered lines that knows which of them were acknowledged. */
export class LogLedger {
  readonly name: string;
  readonly acknowledged: number[] = [];
  readonly unknown: number[] = [];
  readonly #sender: LogSender;
  #next = 1;

  constructor(name: string, sender: LogSender) {
    this.name = name;
    this.#sender = sender;
  }

  /** Sends batches until the promise settles; what was not acknowledged is not sent again. */
  async sendUntil(product: Product, end: Promise<unknown>): Promise<void> {
    const ended = new AbortController();
    const over = end.finally(() => ended.abort());
    over.catch(() => undefined);
    while (!ended.signal.aborted) {
      const numbers = Array.from({ length: 100 }, () => this.#next++);
      const lines = numbers.map((n) => `ledger-${this.name} ${n}`);
      const isTaken = await this.#sender(product, lines).catch(() => false);
      (isTaken ? this.acknowledged : this.unknown).push(...numbers);
      if (!isTaken) await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await over;
  }

  /** Asserts that every acknowledged line is stored once, and none twice. */
  async verify(product: Product): Promise<void> {
    await product.until(async () => (await product.self()).spool.files === 0);
    const [row] = await product.sql<{ values: number[] }>(
      `SELECT groupArray(toUInt32(splitByChar(' ', body)[2])) AS values FROM logs WHERE startsWith(body, 'ledger-${this.name} ')`,
    );
    const values = row?.values ?? [];
    const known = new Set(values);
    const lost = this.acknowledged.filter((n) => !known.has(n));
    assert.deepEqual({ lost: lost.slice(0, 5), doubled: values.length - known.size }, { lost: [], doubled: 0 });
    assert.ok(known.size <= this.acknowledged.length + this.unknown.length);
  }
}
