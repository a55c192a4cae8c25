import { get, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';

/** Reads the answer of one server, over a connection of its own: graphite-web's server closes it after each answer. */
export async function readAnswer(url: string, headers: Readonly<Record<string, string>>): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  get(url, { agent: false, headers }, resolve).once('error', reject);
  return buffer(await promise);
}
