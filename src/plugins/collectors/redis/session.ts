import { KeptConnection } from '#core/plugin/kept-connection.ts';
import type { TargetContext, TcpConnection } from '#core/plugin/target-context.ts';
import { addressOf, type RedisConfig } from './config.ts';
import { encodeCommand, type Reply, readReply } from './resp.ts';

/** Commands on one connection. */
export class RedisSession {
  readonly #config: RedisConfig;
  readonly #context: TargetContext;
  readonly #connection = new KeptConnection((signal) => this.#open(signal));

  constructor(config: RedisConfig, context: TargetContext) {
    this.#config = config;
    this.#context = context;
  }

  ask(words: readonly string[], signal: AbortSignal): Promise<Reply> {
    return this.#connection.ask((connection) => exchange(connection, words, signal), signal);
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
