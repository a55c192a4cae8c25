/** Something that can be drawn anew. Only what `isVisible()` is drawn; the rest waits until it is seen. */
export type Drawable = { readonly isVisible: () => boolean; readonly draw: () => void };

export type RedrawQueueOptions = {
  readonly requestFrame: (callback: () => void) => void;
  readonly now: () => number;
  /** How long one animation frame may draw, ms. */
  readonly budgetMs?: number;
  /** True when the viewer did something that waits for an answer: then a frame ends early. */
  readonly isInputPending?: () => boolean;
  /** Called when everything that was asked for and is seen is drawn. */
  readonly onIdle?: () => void;
};

/**
 * A frame in which any canvas changed costs the compositing of all of them (about 10 ms for fifty without a GPU), so a
 * tick is drawn in few slices that each still fit into a frame, rather than in many small ones.
 */
const BUDGET_MS = 12;

/**
 * Spreads redraws over animation frames: each frame draws the oldest requests until its budget is spent, so that fifty
 * panels that get data at once cost fifty small slices and never one long task.
 */
export class RedrawQueue {
  readonly #options: RedrawQueueOptions;
  readonly #dirty = new Set<Drawable>();
  readonly #after: (() => void)[] = [];
  #scheduled = false;

  constructor(options: RedrawQueueOptions) {
    this.#options = options;
  }

  /** Asks for a redraw in one of the next frames; asking twice draws once. */
  request(item: Drawable): void {
    this.#dirty.add(item);
    if (item.isVisible()) this.#schedule();
  }

  /** To be called when an item came into view. */
  wake(item: Drawable): void {
    if (this.#dirty.has(item)) this.#schedule();
  }

  /** Forgets an item that is gone. */
  remove(item: Drawable): void {
    this.#dirty.delete(item);
  }

  /** Runs at the end of the frame: text is written after all canvases are drawn, else each would cost a layout. */
  afterFrame(task: () => void): void {
    this.#after.push(task);
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#options.requestFrame(() => {
      void this.#frame();
    });
  }

  async #frame(): Promise<void> {
    const { now, budgetMs = BUDGET_MS, isInputPending, onIdle } = this.#options;
    const end = now() + budgetMs;
    this.#scheduled = false;
    for (const item of this.#dirty) {
      if (!item.isVisible()) continue;
      this.#dirty.delete(item);
      item.draw();
      // uPlot commits in a microtask: without this pause the budget would never see what a panel costs.
      await Promise.resolve();
      if (now() >= end || isInputPending?.() === true) break;
    }
    for (const task of this.#after.splice(0)) task();
    for (const item of this.#dirty) {
      if (!item.isVisible()) continue;
      this.#schedule();
      return;
    }
    onIdle?.();
  }
}
