import { CollectError } from '#core/plugin/collect-error.ts';
import type { TargetContext, TcpConnection } from '#core/plugin/target-context.ts';
import { addressOf, type RedisConfig } from './config.ts';
import { encodeCommand, type Reply, readReply } from './resp.ts';

/** Commands on one connection, which is kept between runs and opened anew when it has gone. */
export class RedisSession {
  readonly #config: RedisConfig;
  readonly #context: TargetContext;
  #kept: TcpConnection | undefined;

  constructor(config: RedisConfig, context: TargetContext) {
    this.#config = config;
    this.#context = context;
  }

  async ask(words: readonly string[], signal: AbortSignal): Promise<Reply> {
    const known = await this.#askKept(words, signal);
    if (known !== undefined) return known;
    this.#kept?.close();
    this.#kept = await this.#open(signal);
    return exchange(this.#kept, words, signal);
  }

  async #askKept(words: readonly string[], signal: AbortSignal): Promise<Reply | undefined> {
    if (this.#kept?.isOpen() !== true) return undefined;
    try {
      return await exchange(this.#kept, words, signal);
    } catch (error) {
      // Closed by the server since the last run: no fault of this one.
      if (error instanceof CollectError && error.kind === 'unreachable') return undefined;
      throw error;
    }
  }

  async #open(signal: AbortSignal): Promise<TcpConnection> {
    const { username, password } = this.#config;
    const connection = await this.#context.tcp.connect(addressOf(this.#config), { ...this.#config, signal });
    try {
      if (password !== undefined) {
        const user = username === undefined ? [] : [username];
        await exchange(connection, ['AUTH', ...user, await this.#context.secret(password)], signal);
      }
      return connection;
    } catch (error) {
      connection.close();
      throw error;
    }
  }
}

function exchange(connection: TcpConnection, words: readonly string[], signal: AbortSignal): Promise<Reply> {
  connection.write(encodeCommand(words));
  return readReply(connection, signal);
}
