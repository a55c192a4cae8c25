import { type Agent, get, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';

export type ReaderOptions = {
  readonly headers?: Readonly<Record<string, string>>;
  /** Keeps the connection for the next question; without it each has its own: graphite-web's server closes it after an answer. */
  readonly agent?: Agent;
};

/** Reads the answer of one server. */
export async function readAnswer(url: string, { headers = {}, agent }: ReaderOptions): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  get(url, { agent: agent ?? false, headers }, resolve).once('error', reject);
  return buffer(await promise);
}
