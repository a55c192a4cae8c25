import { type ClientHttp2Session, connect, constants, type IncomingHttpHeaders } from 'node:http2';
import type { Socket } from 'node:net';
import { CollectError } from '#core/plugin/collect-error.ts';

/** What is called: the authority, further headers, and the framed message. */
export type HealthCall = {
  readonly authority: string;
  readonly isTls: boolean;
  readonly headers: Readonly<Record<string, string>>;
  readonly message: Buffer;
};

/** `status` is that of HTTP; `grpcStatus` is NaN where the answer has none. */
export type HealthAnswer = {
  readonly status: number;
  readonly grpcStatus: number;
  readonly grpcMessage: string;
  readonly body: Buffer;
};

const PATH = '/grpc.health.v1.Health/Check';
const LARGEST_BYTES = 65_536;

/** Calls Health/Check over a connection that is open, which is closed at the end. Throws `CollectError`. */
export async function callHealth(socket: Socket, call: HealthCall, signal: AbortSignal): Promise<HealthAnswer> {
  const session = connect(`${call.isTls ? 'https' : 'http'}://${call.authority}`, { createConnection: () => socket });
  const late = Promise.withResolvers<never>();
  const giveUp = (): void => late.reject(signal.reason);
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    return await Promise.race([answerOf(session, call), late.promise]);
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (error instanceof CollectError) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? '';
    const kind = code.startsWith('ERR_HTTP2') ? 'protocol' : 'unreachable';
    throw new CollectError(kind, `${call.authority}: ${String(error)}`, { cause: error });
  } finally {
    signal.removeEventListener('abort', giveUp);
    session.destroy();
    socket.destroy();
  }
}

function answerOf(session: ClientHttp2Session, { headers, message }: HealthCall): Promise<HealthAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<HealthAnswer>();
  const chunks: Buffer[] = [];
  let answered: IncomingHttpHeaders = {};
  let bytes = 0;
  session.on('error', reject).on('close', () => reject(new CollectError('unreachable', 'the connection was closed')));
  const request = session.request({
    ...{ ':method': 'POST', ':path': PATH, 'content-type': 'application/grpc', te: 'trailers' },
    ...headers,
  });
  request.on('error', reject);
  request.on('response', (head) => (answered = { ...answered, ...head }));
  request.on('trailers', (trailers) => (answered = { ...answered, ...trailers }));
  request.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > LARGEST_BYTES) reject(new CollectError('too_large', 'its answer is too large'));
  });
  request.on('end', () => {
    const status = Number(answered[constants.HTTP2_HEADER_STATUS] ?? Number.NaN);
    // Broken off it ends as well.
    if (Number.isNaN(status)) return;
    const grpcStatus = Number(answered['grpc-status'] ?? Number.NaN);
    resolve({ status, grpcStatus, grpcMessage: String(answered['grpc-message'] ?? ''), body: Buffer.concat(chunks) });
  });
  request.end(message);
  return promise;
}
