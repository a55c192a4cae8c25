import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { LiveControl, LiveHeader } from '#core/api/live.ts';
import { decodeFrame } from '#core/frame.ts';
import type { Product } from '#test/product/product.ts';

/** A browser tab that watches the series of a Graphite path pattern. */
export class LiveViewer {
  readonly socket: WebSocket;
  /** Live samples drawn; history is not counted. */
  samples = 0;
  gaps = 0;
  snapshots = 0;

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.binaryType = 'arraybuffer';
    socket.on('error', () => socket.terminate());
    socket.on('message', (data, isBinary) => {
      if (isBinary) this.#draw(data as ArrayBuffer);
      else if ((JSON.parse(String(data)) as LiveControl).type === 'gap') this.gaps += 1;
    });
  }

  /** Opens a tab; resolves when its request is on the way. */
  static async open(product: Product, path: string): Promise<LiveViewer> {
    const url = `${product.base.replace('http', 'ws')}/api/live`;
    const headers = { authorization: `Bearer ${await product.token('admin')}` };
    const viewer = new LiveViewer(new WebSocket(url, { headers }));
    await once(viewer.socket, 'open');
    const matchers = [{ label: '__path__', op: '=', value: path }];
    viewer.socket.send(JSON.stringify({ type: 'sub', id: 'a', matchers, historyMs: 60_000 }));
    return viewer;
  }

  /** Reads no more from the socket, as a tab that hangs. */
  stall(): void {
    this.socket.pause();
  }

  close(): void {
    this.socket.terminate();
  }

  #draw(bytes: ArrayBuffer): void {
    const { header, columns } = decodeFrame<LiveHeader>(bytes);
    if (header.type === 'tick') this.samples += columns[0]?.length ?? 0;
    else this.snapshots += 1;
    this.socket.send(JSON.stringify({ type: 'ack', seq: header.seq }));
  }
}
