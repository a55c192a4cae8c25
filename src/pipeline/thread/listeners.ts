import { AppError, messageOf } from '#core/errors.ts';
import type { Continuation, InputContext, PulledBody, WriteAnswer } from '#core/plugin/input.ts';
import { continuationTest } from '#parsing/multiline.ts';
import type { ListenerState } from '#pipeline/protocol.ts';
import type { ListenerParts, ListenTcp, RunningListener } from './listener.ts';
import { type PeriodicFlush, startFlushing } from './periodic-flush.ts';
import { type PulledSourcesParts, startPulling } from './pulled-sources.ts';
import { type RequestParts, takeBody } from './requests.ts';
import { listenTcp } from './tcp-listener.ts';
import { listenUdp } from './udp-listener.ts';

type ListenersParts = ListenerParts & PulledSourcesParts & RequestParts;

/** The sockets of all inputs, and what fetches for them. */
export class Listeners {
  readonly #parts: ListenersParts;
  readonly #running: RunningListener[] = [];
  /** Each ends one periodic flush, with a last one. */
  readonly #flushes: (() => void)[] = [];
  /** Each ends the fetching of one input. */
  readonly #pulls: (() => Promise<void>)[] = [];

  constructor(parts: ListenersParts) {
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
      takeBody: (body) => this.#takeBody(slot, body),
      pull: (run) => this.#pulls.push(startPulling(this.#parts, { input, slot, run })),
      continues: (rule) => continues(input, rule),
    };
  }

  #takeBody(slot: number, { format, options, bytes }: PulledBody): Promise<WriteAnswer> {
    const request = { kind: 'body', ticket: 0, slot, source: '', input: undefined, format, options, bytes } as const;
    const taken = takeBody(this.#parts, request);
    this.#parts.spooler.afterChunk();
    return taken;
  }

  /** Starts a periodic flush that ends when the sockets are closed. */
  flushEvery(flush: PeriodicFlush): void {
    this.#flushes.push(startFlushing(this.#parts, flush));
  }

  get states(): readonly ListenerState[] {
    return this.#running.map((listener) => listener.state());
  }

  async close(): Promise<void> {
    // From here on none is told of: a closed socket has no address.
    const running = this.#running.splice(0);
    await Promise.all([...running.map((listener) => listener.close()), ...this.#pulls.map((end) => end())]);
    for (const end of this.#flushes.splice(0)) end();
  }
}

function continues(input: string, { start, continuation }: Continuation): (line: string) => boolean {
  try {
    return continuationTest({ ...(start && { start }), ...(continuation && { continuation }) });
  } catch (error) {
    throw new AppError('bad_request', `${input}: multiline: ${messageOf(error)}`, { cause: error });
  }
}
