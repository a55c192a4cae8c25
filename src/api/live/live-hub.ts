import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { authorize } from '#api/http/authorize.ts';
import { isOwnOrigin } from '#api/http/origin.ts';
import type { Authenticate, Credentials } from '#core/api/access.ts';
import type { LiveTap, LogTap } from '#core/live-tap.ts';
import type { Clock } from '#io/clock.ts';
import type { Logger } from '#io/log.ts';
import type { SeriesCatalogue } from '#query/metrics/series-source.ts';
import { FeedPool } from './feed-pool.ts';
import type { LiveHistory } from './feed-snapshots.ts';
import { LiveConnection } from './live-connection.ts';

export type LiveHubOptions = {
  readonly authenticate: Authenticate;
  readonly catalogue: SeriesCatalogue;
  readonly tap: LiveTap;
  readonly logTap: LogTap;
  readonly history: LiveHistory;
  readonly clock: Clock;
  readonly logger: Logger;
};

export type LiveHub = {
  /** Takes the WebSocket handshake of `/api/live`; refuses any other. */
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** Viewers connected now. */
  readonly viewers: () => number;
  /** Closes every socket: going away. */
  readonly close: () => void;
};

const PATH = '/api/live';
const MAX_MESSAGE_BYTES = 64 * 1024;
const MAX_VIEWERS = 1_000;
const GOING_AWAY = 1001;

/** The live stream: one WebSocket a tab, feeds shared between all tabs that watch the same series. */
export function createLiveHub(options: LiveHubOptions): LiveHub {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false });
  const feeds = new FeedPool(options);
  return {
    upgrade: (request, socket, head) => {
      socket.on('error', () => socket.destroy());
      admit(request, options.authenticate, sockets.clients.size).then(
        (credentials) => {
          sockets.handleUpgrade(request, socket, head, (webSocket) => serve(webSocket, credentials));
        },
        (refusal: unknown) => refuse(socket, refusal),
      );
    },
    viewers: () => sockets.clients.size,
    close: () => {
      for (const socket of sockets.clients) socket.close(GOING_AWAY, 'the server stops');
      sockets.close();
      feeds.close();
    },
  };

  function serve(socket: WebSocket, credentials: Credentials): void {
    new LiveConnection({ ...options, socket, credentials, feeds }).start();
  }
}

async function admit(request: IncomingMessage, authenticate: Authenticate, viewers: number): Promise<Credentials> {
  const path = (request.url ?? '').split('?', 1)[0];
  if (path !== PATH) throw new Refusal(404, 'Not Found');
  if (viewers >= MAX_VIEWERS) throw new Refusal(503, 'Service Unavailable');
  const { authorization, cookie } = request.headers;
  if (authorization === undefined && !isOwnOrigin(request.headers)) throw new Refusal(403, 'Forbidden');
  const caller = await authenticate({ authorization, cookie });
  if (caller === undefined) throw new Refusal(401, 'Unauthorized');
  authorize('read', caller);
  return { authorization, cookie };
}

class Refusal extends Error {
  readonly status: number;

  constructor(status: number, reason: string) {
    super(reason);
    this.status = status;
  }
}

function refuse(socket: Duplex, refusal: unknown): void {
  const [status, reason] = refusal instanceof Refusal ? [refusal.status, refusal.message] : [403, 'Forbidden'];
  socket.end(`HTTP/1.1 ${status} ${reason}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
