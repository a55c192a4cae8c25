import type { WebSocket } from 'ws';
import type { Authenticate, Credentials } from '#core/api/access.ts';
import { LiveRequest } from '#core/api/live.ts';
import type { Clock } from '#io/clock.ts';
import type { Logger } from '#io/log.ts';
import type { FeedPool } from './feed-pool.ts';
import { Viewer } from './viewer.ts';
import { ViewerSubscription } from './viewer-subscription.ts';

export type LiveConnectionOptions = {
  readonly socket: WebSocket;
  readonly credentials: Credentials;
  readonly feeds: FeedPool;
  readonly authenticate: Authenticate;
  readonly clock: Clock;
  readonly logger: Logger;
};

const MAX_SUBSCRIPTIONS = 200;
/** Pings find dead peers; the session is looked at again at the same time. */
const CHECK_MS = 20_000;
/** Close codes of our own: the session ended; the client sent what is no request. */
const SESSION_OVER = 4401;
const BAD_REQUEST = 4400;

type Subscription = {
  readonly request: Extract<LiveRequest, { type: 'sub' }>;
  readonly subscription: ViewerSubscription;
};

/** One tab's connection: reads its requests, watches its session and its pulse. */
export class LiveConnection {
  readonly #options: LiveConnectionOptions;
  readonly #viewer: Viewer;
  readonly #subscriptions = new Map<string, Subscription>();
  #pulse = true;

  constructor(options: LiveConnectionOptions) {
    this.#options = options;
    this.#viewer = new Viewer(options.socket, options.clock);
  }

  start(): void {
    const { socket, clock, logger } = this.#options;
    const timer = setInterval(() => void this.#check(), CHECK_MS);
    socket.on('pong', () => {
      this.#pulse = true;
    });
    socket.on('message', (data, isBinary) => this.#receive(isBinary ? '' : (data as Buffer).toString('utf8')));
    socket.on('error', (error) => logger.debug({ err: error }, 'live socket failed'));
    socket.once('close', () => {
      clearInterval(timer);
      for (const id of this.#subscriptions.keys()) this.#end(id);
    });
    this.#viewer.control({ type: 'hello', serverTime: clock.now() });
  }

  #receive(text: string): void {
    const request = LiveRequest.safeParse(parseJson(text));
    if (!request.success) {
      this.#options.socket.close(BAD_REQUEST, 'not a live request');
      return;
    }
    const message = request.data;
    if (message.type === 'ack') this.#viewer.ack(message.seq);
    else if (message.type === 'unsub') this.#end(message.id);
    else this.#begin(message);
  }

  #begin(request: Subscription['request']): void {
    this.#end(request.id);
    if (this.#subscriptions.size >= MAX_SUBSCRIPTIONS) {
      const message = `at most ${MAX_SUBSCRIPTIONS} live subscriptions in one tab`;
      this.#viewer.control({ type: 'error', id: request.id, code: 'too_many_requests', message });
      return;
    }
    const { feeds, clock, logger } = this.#options;
    const feed = feeds.acquire(request.matchers);
    const subscription = new ViewerSubscription({ request, viewer: this.#viewer, feed, clock });
    this.#subscriptions.set(request.id, { request, subscription });
    subscription.start().catch((error: unknown) => logger.error({ err: error }, 'live subscription failed'));
  }

  #end(id: string): void {
    const entry = this.#subscriptions.get(id);
    if (entry === undefined) return;
    this.#subscriptions.delete(id);
    entry.subscription.close();
    this.#options.feeds.release(entry.request.matchers);
  }

  async #check(): Promise<void> {
    const { socket, authenticate, credentials, logger } = this.#options;
    if (!this.#pulse) return socket.terminate();
    this.#pulse = false;
    socket.ping();
    try {
      if ((await authenticate(credentials)) === undefined) socket.close(SESSION_OVER, 'the session has ended');
    } catch (error) {
      // The state database is away: who was let in stays in.
      logger.debug({ err: error }, 'live session not checked');
    }
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
