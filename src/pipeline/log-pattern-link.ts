import type { KnownPattern, PatternOrders } from '#core/api/log-patterns.ts';
import type { GonePatterns, LogPatternIntake } from '#core/log-pattern-intake.ts';
import type { FromThread, ToThread } from './protocol.ts';

type Thread = {
  readonly send: (message: ToThread) => void;
  readonly ask: (ids: readonly string[], gone?: GonePatterns) => Promise<readonly KnownPattern[]>;
};

/** The main thread's side of the patterns of log lines; remembers the users' orders over the life of an ingest thread. */
export class LogPatternLink implements LogPatternIntake {
  readonly #thread: Thread;
  #orders: PatternOrders | undefined;
  #aliases: ReadonlyMap<string, string> = new Map();

  constructor(thread: Thread) {
    this.#thread = thread;
  }

  get aliases(): ReadonlyMap<string, string> {
    return this.#aliases;
  }

  known(ids: readonly string[], gone?: GonePatterns): Promise<readonly KnownPattern[]> {
    return this.#thread.ask(ids, gone);
  }

  setOrders(orders: PatternOrders): void {
    if (this.#orders !== undefined && JSON.stringify(orders) === JSON.stringify(this.#orders)) return;
    this.#orders = orders;
    this.#thread.send({ kind: 'pattern-orders', orders });
  }

  /** A new thread has the orders of the file, which may be older. */
  threadStarted(): void {
    if (this.#orders !== undefined) this.#thread.send({ kind: 'pattern-orders', orders: this.#orders });
  }

  told({ aliases }: Extract<FromThread, { kind: 'pattern-aliases' }>): void {
    this.#aliases = new Map(aliases);
  }
}
