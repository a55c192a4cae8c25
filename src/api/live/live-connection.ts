import type { WebSocket } from 'ws';
import type { Authenticate, Credentials } from '#core/api/access.ts';
import { LiveRequest } from '#core/api/live.ts';
import { AppError, messageOf } from '#core/errors.ts';
import type { LogTap } from '#core/live-tap.ts';
import type { Clock } from '#io/clock.ts';
import type { Logger } from '#io/log.ts';
import type { FeedPool } from './feed-pool.ts';
import { LogSubscription } from './log-subscription.ts';
import { Viewer } from './viewer.ts';
import { ViewerSubscription } from './viewer-subscription.ts';

export type LiveConnectionOptions = {
  readonly socket: WebSocket;
  readonly credentials: Credentials;
  readonly feeds: FeedPool;
  readonly logTap: LogTap;
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

type Begin<Type extends LiveRequest['type']> = Extract<LiveRequest, { type: Type }>;

/** One tab's connection: reads its requests, watches its session and its pulse. */
export class LiveConnection {
  readonly #options: LiveConnectionOptions;
  readonly #viewer: Viewer;
  /** What ends each subscription. */
  readonly #subscriptions = new Map<string, () => void>();
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

  #begin(request: Begin<'sub'> | Begin<'logs-sub'>): void {
    this.#end(request.id);
    if (this.#subscriptions.size >= MAX_SUBSCRIPTIONS) {
      const message = `at most ${MAX_SUBSCRIPTIONS} live subscriptions in one tab`;
      this.#viewer.control({ type: 'error', id: request.id, code: 'too_many_requests', message });
      return;
    }
    if (request.type === 'sub') this.#beginSamples(request);
    else this.#beginLogs(request);
  }

  #beginSamples(request: Begin<'sub'>): void {
    const { feeds, clock, logger } = this.#options;
    const feed = feeds.acquire(request.matchers);
    const subscription = new ViewerSubscription({ request, viewer: this.#viewer, feed, clock });
    this.#subscriptions.set(request.id, () => {
      subscription.close();
      feeds.release(request.matchers);
    });
    subscription.start().catch((error: unknown) => logger.error({ err: error }, 'live subscription failed'));
  }

  #beginLogs({ id, query }: Begin<'logs-sub'>): void {
    const { logTap: tap, clock } = this.#options;
    try {
      const subscription = new LogSubscription({ id, query, viewer: this.#viewer, tap, clock });
      this.#subscriptions.set(id, () => subscription.close());
    } catch (error) {
      const code = error instanceof AppError ? error.code : 'internal';
      this.#viewer.control({ type: 'error', id, code, message: messageOf(error) });
    }
  }

  #end(id: string): void {
    const end = this.#subscriptions.get(id);
    this.#subscriptions.delete(id);
    end?.();
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
