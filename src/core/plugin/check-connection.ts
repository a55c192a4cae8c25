import type { HostPort } from '../units/listen-address.ts';
import type { ConnectionFailure } from './check-failure.ts';
import { type CheckTls, tlsRefusal } from './check-options.ts';
import type { FoundSoFar } from './check-run.ts';
import type { ProbedConnection, ProbeTool, SocketTalk, TlsSettings } from './target-context.ts';

/** Whether and how a check comes to TLS. */
export const SECURITIES = ['none', 'starttls', 'tls'] as const;
export type Security = (typeof SECURITIES)[number];

export type CheckConnectionOptions = CheckTls & TlsSettings & { readonly security: Security };
type Run = { readonly signal: AbortSignal; readonly found: FoundSoFar };

/** The connection of a check that talks, over TLS from its first byte, from the middle, or not at all. */
export class CheckConnection {
  readonly #probe: ProbeTool;
  readonly #address: HostPort;
  readonly #options: CheckConnectionOptions;
  readonly #run: Run;
  #connection: ProbedConnection;
  /** Another one after `upgrade`. */
  talk: SocketTalk;

  private constructor(
    tools: {
      readonly probe: ProbeTool;
      readonly address: HostPort;
      readonly options: CheckConnectionOptions;
      readonly run: Run;
    },
    connection: ProbedConnection,
  ) {
    this.#probe = tools.probe;
    this.#address = tools.address;
    this.#options = tools.options;
    this.#run = tools.run;
    this.#connection = connection;
    this.talk = this.#noted();
  }

  /** Opens it, over TLS where the options say so. Throws `CollectError`. */
  static async open(
    probe: ProbeTool,
    address: HostPort,
    options: CheckConnectionOptions,
    run: Run,
  ): Promise<CheckConnection> {
    const { signal } = run;
    const connection = await probe.open(address, { ...options, tls: options.security === 'tls', signal });
    return new CheckConnection({ probe, address, options, run }, connection);
  }

  /** Goes over to TLS; the server has said that it is ready. Throws `CollectError`. */
  async upgrade(): Promise<void> {
    const { signal } = this.#run;
    this.#connection = await this.#probe.secure(this.#connection, this.#address, { ...this.#options, signal });
    this.talk = this.#noted();
  }

  /** Why nothing is to be said over this TLS; undefined: it is as it should be, or there is none. */
  refusal(): ConnectionFailure | undefined {
    const { tls } = this.#connection;
    return tls === undefined ? undefined : tlsRefusal(tls, this.#options);
  }

  /** Closes it when all that was said is on its way; nobody waits for what is answered to a farewell. */
  close(): void {
    this.#connection.socket.destroySoon();
  }

  #noted(): SocketTalk {
    const { timings, tls } = this.#connection;
    Object.assign(this.#run.found, { timings, tls });
    return this.#probe.talk(this.#connection, this.#address);
  }
}
