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
};

/** A new connection, and how long the steps to it took in ms; a step that was not needed is absent. */
export type ProbedConnection = {
  readonly socket: Socket;
  readonly timings: { readonly lookup?: number; readonly connect: number; readonly tls?: number };
  readonly tls?: TlsFacts;
};

/** Connections for checks: new ones each time, and measured. Throws `CollectError`. */
export type ProbeTool = {
  /**
   * A certificate that is not trusted is told, not refused: look at `tls.problem` before anything secret is sent. The
   * socket belongs to the caller, who destroys it.
   */
  readonly open: (address: HostPort, options: ProbeOptions) => Promise<ProbedConnection>;
};

/** What a collector of a remote system works with; one for each target, closed with it. */
export type TargetContext = {
  readonly http: HttpTool;
  readonly tcp: TcpTool;
  readonly probe: ProbeTool;
  /** The secret of a reference (`env:`, `file:`, `stored:`), resolved anew each time so that it may be renewed. */
  readonly secret: (reference: string) => Promise<string>;
};
