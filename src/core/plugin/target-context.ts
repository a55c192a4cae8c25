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

/** What a collector of a remote system works with; one for each target, closed with it. */
export type TargetContext = {
  readonly http: HttpTool;
  readonly tcp: TcpTool;
  /** The secret of a reference (`env:`, `file:`, `stored:`), resolved anew each time so that it may be renewed. */
  readonly secret: (reference: string) => Promise<string>;
};
