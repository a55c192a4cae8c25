import { Agent, type IncomingMessage, request } from 'node:http';
import { parseError } from '@clickhouse/client';
import type { ByteAnswer } from './answer-bytes.ts';
import type { EngineEndpoint } from './engine/launch.ts';
import { ENGINE_USER } from './engine/messages.ts';

/** A read without parameters. */
export type LoopbackRead = {
  readonly settings: Readonly<Record<string, string | number>>;
  readonly signal: AbortSignal | undefined;
};

/**
 * Reads from the engine child over kept connections, without the driver: the driver waits a turn of the timers before
 * each request, which is as long as a small read takes (docs/adr/009). Same protocol, same errors.
 */
export class LoopbackReader {
  readonly #agent: Agent;
  readonly #endpoint: EngineEndpoint;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(endpoint: EngineEndpoint, options: { readonly database: string; readonly maxConnections: number }) {
    this.#endpoint = endpoint;
    // The child closes idle connections after 60 s: they are given up before.
    this.#agent = new Agent({ keepAlive: true, maxSockets: options.maxConnections, timeout: 30_000 });
    this.#headers = {
      'x-clickhouse-user': ENGINE_USER,
      'x-clickhouse-key': endpoint.password,
      'x-clickhouse-database': options.database,
    };
  }

  /** Resolves with the answer's beginning; rejects with the engine's fault as the driver does. */
  async ask(sql: string, { settings, signal }: LoopbackRead): Promise<ByteAnswer> {
    const stream = await this.#send(sql, settings, signal);
    if (stream.statusCode === 200) {
      return { stream, exceptionTag: stream.headers['x-clickhouse-exception-tag']?.toString() };
    }
    const pieces: Buffer[] = [];
    for await (const piece of stream as AsyncIterable<Buffer>) pieces.push(piece);
    throw parseError(Buffer.concat(pieces).toString());
  }

  close(): void {
    this.#agent.destroy();
  }

  #send(sql: string, settings: LoopbackRead['settings'], signal: AbortSignal | undefined): Promise<IncomingMessage> {
    const words = Object.entries(settings).map(([name, value]): [string, string] => [name, String(value)]);
    const path = `/?${new URLSearchParams(words).toString()}`;
    const body = Buffer.from(sql);
    const headers = { ...this.#headers, 'content-length': body.length };
    return new Promise((resolve, reject) => {
      const { port } = this.#endpoint;
      const options = { host: '127.0.0.1', port, path, method: 'POST', headers, agent: this.#agent };
      const sent = request(signal === undefined ? options : { ...options, signal }, resolve);
      sent.setNoDelay(true);
      sent.once('error', reject);
      sent.end(body);
    });
  }
}
