import type { Socket } from 'node:net';
import type { HostPort } from '../units/listen-address.ts';

/** How a connection is secured. `ca`: PEM of the authority, or of a self-signed certificate itself. */
export type TlsSettings = {
  readonly tlsVerify?: boolean;
  readonly tlsCa?: string | undefined;
  readonly tlsServerName?: string | undefined;
};

/** What the options of a collector say about its HTTP requests (`HTTP_OPTIONS`); passwords and tokens are references. */
export type HttpSettings = TlsSettings & {
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly token?: string | undefined;
  /** How username and password are sent; default: basic. Digest is RFC 7616. */
  readonly auth?: 'basic' | 'digest';
};

export type HttpRequestOptions = HttpSettings & {
  readonly signal: AbortSignal;
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Of the body after decompression; default 16 MiB. */
  readonly maxBytes?: number;
};

export type HttpReply = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Buffer;
};

/** HTTP requests of one target; connections are kept between runs. Redirects are not followed. Throws `CollectError`. */
export type HttpTool = {
  readonly request: (url: string, options: HttpRequestOptions) => Promise<HttpReply>;
  /** The body of a 2xx answer as text; others throw `auth` or `answer`. */
  readonly text: (url: string, options: HttpRequestOptions) => Promise<string>;
};

export type TcpAddress = { readonly host: string; readonly port: number } | { readonly path: string };

export type TcpOptions = TlsSettings & {
  readonly signal: AbortSignal;
  readonly tls?: boolean;
  /** Most bytes of one line or one block; default 16 MiB. */
  readonly maxBytes?: number;
};

/**
 * A connection that is read in pieces. A read that its signal breaks off closes the connection, since nobody knows what
 * would come next. Throws `CollectError`.
 */
export type TcpConnection = {
  readonly isOpen: () => boolean;
  readonly write: (data: string | Uint8Array) => void;
  /** The next line without its end (LF or CRLF). */
  readonly readLine: (signal: AbortSignal) => Promise<string>;
  readonly readBytes: (count: number, signal: AbortSignal) => Promise<Buffer>;
  /** Everything until the other side ends. */
  readonly readAll: (signal: AbortSignal) => Promise<Buffer>;
  readonly close: () => void;
};

export type TcpTool = {
  readonly connect: (address: TcpAddress, options: TcpOptions) => Promise<TcpConnection>;
};

export type ProbeOptions = TlsSettings & {
  readonly signal: AbortSignal;
  readonly tls?: boolean;
  /** Protocols that are offered in the TLS handshake: `http/1.1`. */
  readonly alpn?: readonly string[];
};

/** What a TLS handshake showed. */
export type TlsFacts = {
  /** `TLSv1.3`. */
  readonly protocol: string;
  /** Why the chain is not trusted, or not of this server, as a code of OpenSSL or Node; undefined: all is well. */
  readonly problem: string | undefined;
  /** When each certificate of the chain ends, ms since the epoch; the server's own is the first. */
  readonly validTo: readonly number[];
  /** Name of the cipher as the IANA has it: `TLS_AES_256_GCM_SHA384`. */
  readonly cipher: string;
  /** Alternative names of the server's own certificate, as `DNS:a.test, IP Address:10.0.0.1`; '' without any. */
  readonly altNames: string;
};

/** A new connection, and how long the steps to it took in ms; a step that was not needed is absent. */
export type ProbedConnection = {
  readonly socket: Socket;
  readonly timings: { readonly lookup?: number; readonly connect: number; readonly tls?: number };
  readonly tls?: TlsFacts;
};

/** An address of a name, and how long it took to find in ms; absent for what is an address already. */
export type ResolvedAddress = { readonly address: string; readonly family: 4 | 6; readonly lookup?: number };

export type DatagramOptions = {
  readonly signal: AbortSignal;
  /** Tells the answer from what else may come; default: everything is one. */
  readonly isAnswer?: (message: Buffer) => boolean;
  /** After how many ms without an answer it is asked again; default: never. */
  readonly repeatMs?: number;
};

/** The answer to a datagram. `sentAt` and `receivedAt` are of `performance.now()`; the question may have been repeated between. */
export type DatagramAnswer = {
  readonly message: Buffer;
  readonly lookup?: number;
  readonly sentAt: number;
  readonly receivedAt: number;
};

/** What reads and writes a socket that a probe has opened. */
export type SocketTalk = Pick<TcpConnection, 'write' | 'readLine' | 'readBytes' | 'readAll'>;

/** Connections for checks: new ones each time, and measured. Throws `CollectError`. */
export type ProbeTool = {
  /**
   * A certificate that is not trusted is told, not refused: look at `tls.problem` before anything secret is sent. The
   * socket belongs to the caller, who destroys it.
   */
  readonly open: (address: HostPort, options: ProbeOptions) => Promise<ProbedConnection>;
  /**
   * TLS over a connection that is open (STARTTLS), whose talk is over, and which goes with it: destroy only the socket that
   * this gives, or nothing when it throws. The timings of both are in what it gives.
   */
  readonly secure: (
    connection: ProbedConnection,
    address: HostPort,
    options: ProbeOptions,
  ) => Promise<ProbedConnection & { readonly tls: TlsFacts }>;
  /** Reads a socket in pieces, at most `maxBytes` ahead (default 64 KiB); one talk for a socket. */
  readonly talk: (connection: ProbedConnection, address: HostPort, maxBytes?: number) => SocketTalk;
  /** The first address of a host that a target may lead to. */
  readonly resolve: (host: string, signal: AbortSignal) => Promise<ResolvedAddress>;
  /** Sends a datagram (UDP) and waits for its answer. */
  readonly ask: (address: HostPort, question: Uint8Array, options: DatagramOptions) => Promise<DatagramAnswer>;
};

export type ProgramOptions = {
  readonly signal: AbortSignal;
  /** All that is in its environment besides `PATH` and the locale C. */
  readonly env?: Readonly<Record<string, string>>;
  /** The target's options name the program, so that it runs for targets of the operator's files only. */
  readonly isChosen?: boolean;
  /** Most of each of its outputs that is kept; default 64 KiB. */
  readonly maxBytes?: number;
};

/** How a program ended; `exitCode` is undefined when a signal ended it. */
export type ProgramOutcome = {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  readonly durationMs: number;
};

/** Programs of this machine, without a shell. */
export type ProgramTool = {
  /**
   * Runs one and waits for its end. When the signal aborts, it and all that it has started are killed, and the reason is
   * thrown. Throws `CollectError` (`answer`) for a program that cannot be started, `forbidden` for one that may not.
   */
  readonly run: (program: string, args: readonly string[], options: ProgramOptions) => Promise<ProgramOutcome>;
};

/** What a collector of a remote system works with; one for each target, closed with it. */
export type TargetContext = {
  readonly http: HttpTool;
  readonly tcp: TcpTool;
  readonly probe: ProbeTool;
  readonly programs: ProgramTool;
  /** Throws `forbidden` where files of this machine are not for this target. */
  readonly checkFile: (path: string) => void;
  /** The secret of a reference (`env:`, `file:`, `stored:`), resolved anew each time so that it may be renewed. */
  readonly secret: (reference: string) => Promise<string>;
};
