import { encodeFrame } from '#core/frame.ts';
import type { LiveSocket } from './live-client.ts';

/** A socket whose server is the test: what the client sent is read, what the server says is given. */
export class TestSocket implements LiveSocket {
  readyState: LiveSocket['readyState'] = 0;
  binaryType: BinaryType = 'blob';
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  readonly sent: { readonly type: string; readonly id?: string; readonly seq?: number }[] = [];

  send(data: string): void {
    this.sent.push(JSON.parse(data) as (typeof this.sent)[number]);
  }

  close(): void {
    this.drop(1000);
  }

  /** The server accepts. */
  open(): void {
    this.readyState = 1;
    this.onopen?.();
  }

  /** The connection ends with this code. */
  drop(code: number): void {
    this.readyState = 3;
    this.onclose?.({ code });
  }

  /** The server sends a control message. */
  control(message: object): void {
    this.onmessage?.({ data: JSON.stringify(message) });
  }

  /** The server sends one snapshot: samples of each series as [t, v] pairs. */
  snapshot(id: string, epoch: number, series: readonly (readonly (readonly [number, number])[])[]): void {
    const points = series.flat();
    const header = {
      type: 'snapshot',
      id,
      seq: epoch * 100,
      epoch,
      series: series.map((_, index) => ({ sid: String(index), labels: { n: String(index) } })),
      counts: series.map(({ length }) => length),
    };
    this.#frame(
      header,
      Float64Array.from(points, ([t]) => t),
      Float64Array.from(points, ([, v]) => v),
    );
  }

  /** The server sends a tick: [series index, t, v] each. */
  tick(id: string, epoch: number, seq: number, samples: readonly (readonly [number, number, number])[]): void {
    const index = Uint32Array.from(samples, ([at]) => at);
    const t = Float64Array.from(samples, ([, time]) => time);
    this.#frame(
      { type: 'tick', id, seq, epoch },
      index,
      t,
      Float64Array.from(samples, ([, , v]) => v),
    );
  }

  #frame(header: object, ...columns: (Float64Array | Uint32Array)[]): void {
    this.onmessage?.({ data: encodeFrame(header, columns).buffer });
  }
}
