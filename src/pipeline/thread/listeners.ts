import type { InputContext } from '#core/plugin/input.ts';
import type { ListenerState } from '#pipeline/protocol.ts';
import type { ListenerParts, ListenTcp, RunningListener } from './listener.ts';
import { type PeriodicFlush, startFlushing } from './periodic-flush.ts';
import { listenTcp } from './tcp-listener.ts';
import { listenUdp } from './udp-listener.ts';

/** The sockets of all inputs. */
export class Listeners {
  readonly #parts: ListenerParts;
  readonly #running: RunningListener[] = [];
  /** Each ends one periodic flush, with a last one. */
  readonly #flushes: (() => void)[] = [];

  constructor(parts: ListenerParts) {
    this.#parts = parts;
  }

  /** What an input uses to open its sockets. */
  context(input: string, slot: number): InputContext {
    const tcp = async (listen: Omit<ListenTcp, 'input' | 'slot'>): Promise<void> => {
      if (listen.address !== 'off') this.#running.push(await listenTcp(this.#parts, { input, slot, ...listen }));
    };
    return {
      listenTcp: (address, reader, tls) => {
        return tcp({ address, reader: (writer, limits) => reader(writer, limits), isAnswered: false, tls });
      },
      listenTcpWithAnswers: (address, reader, tls) => tcp({ address, reader, isAnswered: true, tls }),
      listenUdp: async (address, reader) => {
        if (address !== 'off') this.#running.push(await listenUdp(this.#parts, { input, slot, address, reader }));
      },
      flushEvery: (intervalMs, flush) => this.flushEvery({ slot, intervalMs, flush }),
    };
  }

  /** Starts a periodic flush that ends when the sockets are closed. */
  flushEvery(flush: PeriodicFlush): void {
    this.#flushes.push(startFlushing(this.#parts, flush));
  }

  get states(): readonly ListenerState[] {
    return this.#running.map((listener) => listener.state());
  }

  async close(): Promise<void> {
    await Promise.all(this.#running.map((listener) => listener.close()));
    for (const end of this.#flushes.splice(0)) end();
  }
}
