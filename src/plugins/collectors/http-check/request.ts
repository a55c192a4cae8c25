import { type IncomingMessage, request as requestHttp } from 'node:http';
import type { Socket } from 'node:net';
import type { ConnectionFailure } from '#core/plugin/check-failure.ts';
import { tlsRefusal } from '#core/plugin/check-options.ts';
import { CollectError } from '#core/plugin/collect-error.ts';
import type { ProbedConnection, ProbeTool, TlsFacts } from '#core/plugin/target-context.ts';
import { addressOfUrl } from '#core/plugin/target-options.ts';
import { AnswerTooLarge, type HttpAnswer, readAnswer } from '#io/http/exchange.ts';
import type { HttpCheckConfig } from './config.ts';

/** Most of a body that is read. */
const LARGEST_BYTES = 2 ** 20;

export type PhaseTimings = Partial<Record<'lookup' | 'connect' | 'tls' | 'request' | 'response', number>>;

export type Asked = {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
};

/** What is known of a check at any moment; the times of redirects are added up, in ms. */
export type Measured = { timings: PhaseTimings; tls?: TlsFacts };

/** An answer, or why none was asked for. */
type Answered = { readonly answer: HttpAnswer } | { readonly refusal: ConnectionFailure };

/** One request on a connection of its own. Nothing is sent over TLS that is not as the options want it. */
export async function requestOnce(
  probe: ProbeTool,
  config: HttpCheckConfig,
  asked: Asked,
  { measured, signal }: { readonly measured: Measured; readonly signal: AbortSignal },
): Promise<Answered> {
  const isSecured = asked.url.protocol === 'https:';
  const connection = await probe.open(addressOfUrl(asked.url.href), {
    ...{ ...config, tls: isSecured, alpn: ['http/1.1'], signal },
  });
  try {
    note(measured, connection);
    const refusal = connection.tls === undefined ? undefined : tlsRefusal(connection.tls, config);
    if (refusal !== undefined) return { refusal };
    return { answer: await exchange(connection.socket, asked, measured, signal) };
  } finally {
    connection.socket.destroy();
  }
}

function note(measured: Measured, { timings, tls }: ProbedConnection): void {
  add(measured, timings);
  if (tls !== undefined) measured.tls = tls;
}

async function exchange(
  socket: Socket,
  { url, method, headers, body }: Asked,
  measured: Measured,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  const started = performance.now();
  try {
    const message = await new Promise<IncomingMessage>((resolve, reject) => {
      const path = url.pathname + url.search;
      const options = { method, path, headers: { host: url.host, ...headers }, signal, createConnection: () => socket };
      requestHttp(options, resolve).once('error', reject).end(body);
    });
    const first = performance.now();
    add(measured, { request: first - started });
    const answer = await readAnswer(message, LARGEST_BYTES);
    add(measured, { response: performance.now() - first });
    return answer;
  } catch (error) {
    throw faultOf(error, url);
  }
}

function add(measured: Measured, timings: PhaseTimings): void {
  const sum: PhaseTimings = { ...measured.timings };
  for (const [phase, ms] of Object.entries(timings) as [keyof PhaseTimings, number][]) {
    sum[phase] = (sum[phase] ?? 0) + ms;
  }
  measured.timings = sum;
}

function faultOf(error: unknown, url: URL): CollectError {
  const code = String((error as { code?: unknown }).code ?? '');
  const isProtocol = code.startsWith('HPE_') || code.startsWith('Z_');
  const kind = error instanceof AnswerTooLarge ? 'too_large' : isProtocol ? 'protocol' : 'unreachable';
  return new CollectError(kind, `${url.origin}: ${String(error)}`, { cause: error });
}
