import type { LiveControl, LiveHeader, LiveRequest, SnapshotHeader } from '#core/api/live.ts';
import type { LogRow } from '#core/api/logs.ts';
import { decodeFrame, type Frame } from '#core/frame.ts';

export type LiveState = 'connecting' | 'open' | 'closed' | 'paused';

/** What one subscription wants to hear. Columns are views on the frame: copy what must stay. */
export type LiveHandler = {
  readonly onSnapshot: (header: SnapshotHeader, t: Float64Array, v: Float64Array) => void;
  readonly onTick: (index: Uint32Array, t: Float64Array, v: Float64Array, epoch: number) => void;
  readonly onGap: (from: number, to: number) => void;
  readonly onError: (code: string, message: string) => void;
};

/** What a subscription of log lines wants to hear: lines in the order they came, and how many were left out. */
export type LogHandler = {
  readonly onRows: (rows: readonly LogRow[], skipped: number) => void;
  readonly onError: (code: string, message: string) => void;
};

/** What a subscription asks for; the client gives it an id. */
export type LiveSubscription = Omit<Extract<LiveRequest, { type: 'sub' }>, 'type' | 'id'>;

/** The part of a WebSocket that is used: tests bring their own. */
export type LiveSocket = Pick<WebSocket, 'send' | 'close' | 'readyState'> & {
  binaryType: BinaryType;
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number }) => void) | null;
};

export type LiveClientOptions = {
  readonly connect: () => LiveSocket;
  readonly onUnauthenticated: () => void;
  readonly now: () => number;
  readonly random?: () => number;
};

const OPEN = 1;
const MIN_DELAY_MS = 500;
const MAX_DELAY_MS = 10_000;
const ACK_MS = 30;
/** Close code of the server when the session ended. */
const SESSION_OVER = 4401;

type Entry =
  | { readonly request: { readonly type: 'sub' } & LiveSubscription; readonly handler: LiveHandler }
  | { readonly request: { readonly type: 'logs-sub'; readonly query: string }; readonly handler: LogHandler };

/** One WebSocket for the whole tab: subscribes, acknowledges, reconnects with jitter and sleeps while nobody looks. */
export class LiveClient {
  readonly #options: LiveClientOptions;
  readonly #entries = new Map<string, Entry>();
  readonly #listeners = new Set<(state: LiveState) => void>();
  #socket: LiveSocket | undefined;
  #state: LiveState = 'closed';
  #started = false;
  #paused = false;
  #attempt = 0;
  #nextId = 1;
  #seq = -1;
  #clockOffsetMs = 0;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #ackTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: LiveClientOptions) {
    this.#options = options;
  }

  get state(): LiveState {
    return this.#state;
  }

  /** The server's clock, ms: sample ages must not depend on the viewer's clock. */
  serverNow(): number {
    return this.#options.now() + this.#clockOffsetMs;
  }

  /** Sets the server's clock from an answer that carries it. */
  syncClock(serverTime: number): void {
    this.#clockOffsetMs = serverTime - this.#options.now();
  }

  start(): void {
    this.#started = true;
    this.#open();
  }

  stop(): void {
    this.#started = false;
    clearTimeout(this.#retryTimer);
    clearTimeout(this.#ackTimer);
    this.#socket?.close();
    this.#socket = undefined;
    this.#setState('closed');
  }

  /** Connects at once instead of waiting for the next attempt (the network came back, the tab is seen again). */
  retryNow(): void {
    if (!this.#started || this.#socket !== undefined) return;
    clearTimeout(this.#retryTimer);
    this.#open();
  }

  /** Ends all subscriptions while paused; on return each gets a new snapshot. For hidden tabs. */
  setPaused(paused: boolean): void {
    if (paused === this.#paused) return;
    this.#paused = paused;
    for (const [id, entry] of this.#entries) {
      if (paused) this.#send({ type: 'unsub', id });
      else this.#begin(id, entry);
    }
    this.#setState(paused ? 'paused' : this.#socket?.readyState === OPEN ? 'open' : 'connecting');
    if (!paused) this.retryNow();
  }

  /** Starts a subscription; returns what ends it. Survives reconnects. */
  subscribe(request: LiveSubscription, handler: LiveHandler): () => void {
    return this.#enter({ request: { type: 'sub', ...request }, handler });
  }

  /** Starts to hear of new log lines that a query's filter matches; returns what ends it. */
  subscribeLogs(query: string, handler: LogHandler): () => void {
    return this.#enter({ request: { type: 'logs-sub', query }, handler });
  }

  onState(listener: (state: LiveState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #enter(entry: Entry): () => void {
    const id = `s${this.#nextId++}`;
    this.#entries.set(id, entry);
    if (!this.#paused) this.#begin(id, entry);
    return () => {
      if (this.#entries.delete(id) && !this.#paused) this.#send({ type: 'unsub', id });
    };
  }

  #begin(id: string, { request }: Entry): void {
    this.#send({ ...request, id });
  }

  #open(): void {
    this.#setState(this.#paused ? 'paused' : 'connecting');
    const socket = this.#options.connect();
    this.#socket = socket;
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => {
      this.#attempt = 0;
      this.#seq = -1;
      if (this.#paused) return;
      this.#setState('open');
      for (const [id, entry] of this.#entries) this.#begin(id, entry);
    };
    socket.onmessage = ({ data }) => this.#receive(data);
    socket.onclose = ({ code }) => {
      if (this.#socket === socket) this.#closed(code);
    };
  }

  #closed(code: number): void {
    this.#socket = undefined;
    if (!this.#started) return;
    if (code === SESSION_OVER) {
      this.#setState('closed');
      this.#options.onUnauthenticated();
      return;
    }
    this.#setState(this.#paused ? 'paused' : 'closed');
    this.#retryTimer = setTimeout(() => this.#open(), this.#delay());
  }

  /** Full jitter over a doubling window, so that a thousand tabs do not return in the same instant. */
  #delay(): number {
    const window = Math.min(MAX_DELAY_MS, MIN_DELAY_MS * 2 ** this.#attempt++);
    return MIN_DELAY_MS + (this.#options.random ?? Math.random)() * Math.max(0, window - MIN_DELAY_MS);
  }

  #receive(data: unknown): void {
    if (typeof data === 'string') this.#control(JSON.parse(data) as LiveControl);
    else if (data instanceof ArrayBuffer) this.#data(decodeFrame<LiveHeader>(data));
  }

  #control(message: LiveControl): void {
    if (message.type === 'hello') {
      this.syncClock(message.serverTime);
      return;
    }
    const handler = this.#entries.get(message.id)?.handler;
    if (handler === undefined) return;
    if (message.type === 'error') handler.onError(message.code, message.message);
    else if (message.type === 'logs' && 'onRows' in handler) handler.onRows(message.rows, message.skipped);
    else if (message.type === 'gap' && 'onGap' in handler) handler.onGap(message.from, message.to);
  }

  #data({ header, columns }: Frame<LiveHeader>): void {
    const handler = this.#sampleHandler(header.id);
    if (header.type === 'snapshot') {
      handler?.onSnapshot(header, columns[0] as Float64Array, columns[1] as Float64Array);
    } else {
      const [index, t, v] = columns as unknown as [Uint32Array, Float64Array, Float64Array];
      handler?.onTick(index, t, v, header.epoch);
    }
    this.#seq = Math.max(this.#seq, header.seq);
    this.#ackTimer ??= setTimeout(() => this.#ack(), ACK_MS);
  }

  #sampleHandler(id: string): LiveHandler | undefined {
    const handler = this.#entries.get(id)?.handler;
    return handler !== undefined && 'onTick' in handler ? handler : undefined;
  }

  #ack(): void {
    this.#ackTimer = undefined;
    this.#send({ type: 'ack', seq: this.#seq });
  }

  #send(request: LiveRequest): void {
    if (this.#socket?.readyState === OPEN) this.#socket.send(JSON.stringify(request));
  }

  #setState(state: LiveState): void {
    if (state === this.#state) return;
    this.#state = state;
    for (const listener of this.#listeners) listener(state);
  }
}
