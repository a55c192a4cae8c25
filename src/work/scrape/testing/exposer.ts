import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Answers a request of a scrape. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** Serves on a free port of loopback; `answer` may be changed at any time. */
export type Exposer = { answer: Answer; readonly address: string; readonly close: () => Promise<void> };

/** Starts an exposer. */
export async function startExposer(answer: Answer): Promise<Exposer> {
  const server = createServer((request, response) => exposer.answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const exposer = {
    answer,
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return exposer;
}

/** Answers with a text exposition. */
export function exposing(text: string): Answer {
  return (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end(text);
  };
}
