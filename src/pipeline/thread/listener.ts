import { AppError, messageOf } from '#core/errors.ts';
import type { AnsweringReaderFactory, ReaderFactory, ReaderLimits, TlsFiles } from '#core/plugin/input.ts';
import { type HostPort, parseHostPort } from '#core/units/listen-address.ts';
import type { ListenerState } from '#pipeline/protocol.ts';
import type { Gate } from './gate.ts';
import type { WriterParts } from './sample-writer.ts';
import type { Sources } from './sources.ts';
import type { Spooler } from './spooler.ts';

export type ListenerParts = {
  readonly writers: WriterParts;
  readonly spooler: Spooler;
  readonly gate: Gate;
  readonly sources: Sources;
  readonly limits: ReaderLimits;
  readonly maxConnections: number;
  readonly maxConnectionsPerAddress: number;
  readonly idleTimeoutMs: number;
  /** Monotonic, ms. */
  readonly monotonic: () => number;
};

/** Where and how one input listens. */
export type Listen = {
  readonly input: string;
  readonly slot: number;
  readonly address: string;
  readonly reader: ReaderFactory;
};

/** A TCP listener; `reader` makes the readers of its connections. */
export type ListenTcp = Omit<Listen, 'reader'> & {
  readonly reader: AnsweringReaderFactory;
  /** Its readers use the way back. */
  readonly isAnswered: boolean;
  readonly tls: TlsFiles | undefined;
};

export type RunningListener = { readonly state: () => ListenerState; readonly close: () => Promise<void> };

/** The address to bind. Throws `bad_request`. */
export function hostPortOf(listen: Pick<Listen, 'input' | 'address'>): HostPort {
  const address = parseHostPort(listen.address);
  if (address === undefined) throw new AppError('bad_request', `${listen.input}: "${listen.address}" is no address`);
  return address;
}

/** What a failure to bind means to the operator. */
export function bindError(listen: Pick<Listen, 'input' | 'address'>, protocol: string, cause: unknown): AppError {
  const { code } = cause as NodeJS.ErrnoException;
  const where = `${protocol} ${listen.address} for ${listen.input}`;
  if (code === 'EADDRINUSE') {
    return new AppError('conflict', `${where} is taken: stop the program that uses it or choose another address`, {
      cause,
    });
  }
  return new AppError('unavailable', `cannot listen on ${where}: ${messageOf(cause)}`, { cause });
}

/** `host:port` as bound. */
export function boundAddress(bound: { readonly address: string; readonly port: number }): string {
  return bound.address.includes(':') ? `[${bound.address}]:${bound.port}` : `${bound.address}:${bound.port}`;
}
