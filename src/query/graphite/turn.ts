import { setImmediate } from 'node:timers/promises';

/** How long one piece of work may keep the thread at a stretch, ms. */
const TURN_MS = 20;

/** The turn that a long piece of work has on the thread which it shares with all other requests. */
export class Turn {
  #start = performance.now();

  get isOver(): boolean {
    return performance.now() - this.#start >= TURN_MS;
  }

  /** Lets other work run when the turn is over. */
  async pass(): Promise<void> {
    if (!this.isOver) return;
    await setImmediate();
    this.#start = performance.now();
  }
}
