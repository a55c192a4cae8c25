import type { WebSocket } from 'ws';
import type { LiveControl, SnapshotHeader } from '#core/api/live.ts';
import { type Column, encodeFrame } from '#core/frame.ts';
import type { TapBatch } from '#core/live-tap.ts';
import type { Clock } from '#io/clock.ts';

/** Frames sent but not yet acknowledged before ticks are held back. */
const MAX_UNACKED = 64;
const MAX_BUFFERED_BYTES = 256 * 1024;
/** Samples held for a viewer that is behind; beyond, the oldest go and a gap is told. */
const MAX_HELD_SAMPLES = 20_000;
/** A viewer that acknowledges nothing for this long while it is behind is cut off: it may come back. */
const MAX_SILENCE_MS = 30_000;

type Held = {
  epoch: number;
  batches: TapBatch[];
  samples: number;
  gap: { from: number; to: number; dropped: number } | undefined;
};

/** One tab's socket: numbered frames, flow control by acknowledgements, a bounded queue for each subscription. */
export class Viewer {
  readonly #socket: WebSocket;
  readonly #clock: Clock;
  readonly #held = new Map<string, Held>();
  #seq = 0;
  #acked = 0;
  #ackedAt: number;

  constructor(socket: WebSocket, clock: Clock) {
    this.#socket = socket;
    this.#clock = clock;
    this.#ackedAt = clock.monotonic();
  }

  /** True while more waits to go out than should: what can be left out is. */
  get isChoked(): boolean {
    return this.#socket.bufferedAmount > MAX_BUFFERED_BYTES;
  }

  /** Sends a control message. */
  control(message: LiveControl): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  /** Sends a snapshot; what was held for this subscription is part of it. */
  snapshot(header: Omit<SnapshotHeader, 'type' | 'seq'>, t: Float64Array, v: Float64Array): void {
    this.#held.delete(header.id);
    this.#send({ type: 'snapshot', ...header }, [t, v]);
  }

  /** Sends new samples of a subscription, now or when the viewer has caught up. */
  tick(id: string, epoch: number, batch: TapBatch): void {
    if (!this.#isBehind() && !this.#held.has(id)) {
      this.#sendTick(id, epoch, batch);
      return;
    }
    this.#hold(id, epoch, batch);
    if (this.#clock.monotonic() - this.#ackedAt > MAX_SILENCE_MS) this.#socket.terminate();
    else this.#release();
  }

  /** The viewer has drawn everything up to this frame. */
  ack(seq: number): void {
    this.#acked = Math.max(this.#acked, Math.min(seq, this.#seq));
    this.#ackedAt = this.#clock.monotonic();
    this.#release();
  }

  /** Forgets what is held for a subscription. */
  forget(id: string): void {
    this.#held.delete(id);
  }

  #isBehind(): boolean {
    return this.#seq - this.#acked > MAX_UNACKED || this.isChoked;
  }

  #hold(id: string, epoch: number, batch: TapBatch): void {
    let held = this.#held.get(id);
    if (held === undefined || held.epoch !== epoch) {
      held = { epoch, batches: [], samples: 0, gap: undefined };
      this.#held.set(id, held);
    }
    held.batches.push(batch);
    held.samples += batch.t.length;
    while (held.samples > MAX_HELD_SAMPLES && held.batches.length > 1) dropOldest(held);
  }

  #release(): void {
    for (const [id, held] of this.#held) {
      if (this.#isBehind()) return;
      this.#held.delete(id);
      if (held.gap !== undefined) this.control({ type: 'gap', id, ...held.gap });
      this.#sendTick(id, held.epoch, joinBatches(held.batches));
    }
  }

  #sendTick(id: string, epoch: number, { index, t, v }: TapBatch): void {
    this.#send({ type: 'tick', id, epoch }, [index, t, v]);
  }

  #send(header: object, columns: readonly Column[]): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    this.#seq += 1;
    this.#socket.send(encodeFrame({ ...header, seq: this.#seq }, columns));
  }
}

function dropOldest(held: Held): void {
  const batch = held.batches.shift();
  if (batch === undefined) return;
  held.samples -= batch.t.length;
  const from = Math.min(held.gap?.from ?? Number.POSITIVE_INFINITY, batch.t[0] ?? 0);
  const to = Math.max(held.gap?.to ?? 0, batch.t.at(-1) ?? 0);
  held.gap = { from, to, dropped: (held.gap?.dropped ?? 0) + batch.t.length };
}

/** One batch with the samples of all, in order. */
export function joinBatches(batches: readonly TapBatch[]): TapBatch {
  const [only] = batches;
  if (batches.length === 1 && only !== undefined) return only;
  const total = batches.reduce((sum, batch) => sum + batch.t.length, 0);
  const joined = { index: new Uint32Array(total), t: new Float64Array(total), v: new Float64Array(total) };
  let offset = 0;
  for (const batch of batches) {
    joined.index.set(batch.index, offset);
    joined.t.set(batch.t, offset);
    joined.v.set(batch.v, offset);
    offset += batch.t.length;
  }
  return joined;
}
