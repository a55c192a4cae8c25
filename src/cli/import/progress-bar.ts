import type { WriteStream } from 'node:tty';

/** How far an import has come. */
export type ImportProgress = {
  readonly readBytes: number;
  /** 0: not known. */
  readonly totalBytes: number;
  readonly rows: number;
  readonly elapsedMs: number;
};

const WIDTH = 24;
const DRAW_EVERY_MS = 100;

/** One line of text: bar, share, bytes, rows a second, time left. */
export function progressText({ readBytes, totalBytes, rows, elapsedMs }: ImportProgress): string {
  const seconds = Math.max(elapsedMs, 1) / 1_000;
  const rate = `${Math.round(rows / seconds).toLocaleString('en')} rows/s`;
  if (totalBytes === 0) return `${bytesText(readBytes)}  ${rate}`;
  const share = Math.min(1, readBytes / totalBytes);
  const bar = '█'.repeat(Math.round(share * WIDTH)).padEnd(WIDTH, '░');
  const left = share > 0 ? `${Math.round((seconds * (1 - share)) / share)} s left` : '';
  return `${bar} ${Math.floor(share * 100)} %  ${bytesText(readBytes)} of ${bytesText(totalBytes)}  ${rate}  ${left}`;
}

/** Draws progress on a terminal, at most ten times a second; does nothing where it is no terminal. */
export class ProgressBar {
  readonly #out: Pick<WriteStream, 'isTTY' | 'write'>;
  #drawnAt = Number.NEGATIVE_INFINITY;

  constructor(out: Pick<WriteStream, 'isTTY' | 'write'>) {
    this.#out = out;
  }

  draw(progress: ImportProgress): void {
    if (!this.#out.isTTY || progress.elapsedMs - this.#drawnAt < DRAW_EVERY_MS) return;
    this.#drawnAt = progress.elapsedMs;
    this.#out.write(`\r\x1b[K${progressText(progress)}`);
  }

  clear(): void {
    if (this.#out.isTTY) this.#out.write('\r\x1b[K');
  }
}

function bytesText(bytes: number): string {
  const mebibytes = bytes / 2 ** 20;
  return mebibytes < 1 ? `${(bytes / 2 ** 10).toFixed(1)} KiB` : `${mebibytes.toFixed(1)} MiB`;
}
