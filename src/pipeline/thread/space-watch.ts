import { statfs } from 'node:fs/promises';
import type { Gate } from './gate.ts';
import type { Spooler } from './spooler.ts';

export type SpaceOptions = {
  readonly directory: string;
  readonly spoolLimitBytes: number;
  readonly minFreeBytes: number;
};

const EVERY_MS = 1_000;

/** Closes the gate before the disk or the spool is full, and opens it again by itself. */
export class SpaceWatch {
  readonly #options: SpaceOptions;
  readonly #gate: Gate;
  readonly #spooler: () => Spooler;
  #bytes: number;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: SpaceOptions, gate: Gate, spooler: () => Spooler, spoolBytes: number) {
    this.#options = options;
    this.#gate = gate;
    this.#spooler = spooler;
    this.#bytes = spoolBytes;
  }

  /** Looks once, then every second. */
  async start(): Promise<void> {
    await this.#look();
    this.#timer = setInterval(() => void this.#look(), EVERY_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Bytes were added to (or, negative, removed from) the spool. */
  account(bytes: number): void {
    this.#bytes += bytes;
    this.#gate.set('spool_full', this.#bytes >= this.#options.spoolLimitBytes);
  }

  async #look(): Promise<void> {
    const { directory, minFreeBytes } = this.#options;
    const disk = await statfs(directory);
    const free = disk.bavail * disk.bsize;
    this.account(0);
    const spooler = this.#spooler();
    if (free < minFreeBytes) return this.#gate.set('disk_full', true);
    if (spooler.noSpace) await spooler.drain();
    this.#gate.set('disk_full', spooler.noSpace);
  }
}
