/** Something that can be drawn anew. Only what `isVisible()` is drawn; the rest waits until it is seen. */
export type Drawable = { readonly isVisible: () => boolean; readonly draw: () => void };

export type RedrawQueueOptions = {
  readonly requestFrame: (callback: () => void) => void;
  readonly now: () => number;
  /** How long one animation frame may draw, ms. */
  readonly budgetMs?: number;
};

const BUDGET_MS = 6;

/**
 * Spreads redraws over animation frames: each frame draws the oldest requests until its budget is spent, so that fifty
 * panels that get data at once cost fifty small slices and never one long task.
 */
export class RedrawQueue {
  readonly #options: RedrawQueueOptions;
  readonly #dirty = new Set<Drawable>();
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

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#options.requestFrame(() => {
      void this.#frame();
    });
  }

  async #frame(): Promise<void> {
    const end = this.#options.now() + (this.#options.budgetMs ?? BUDGET_MS);
    this.#scheduled = false;
    for (const item of this.#dirty) {
      if (!item.isVisible()) continue;
      this.#dirty.delete(item);
      item.draw();
      // uPlot commits in a microtask: without this pause the budget would never see what a panel costs.
      await Promise.resolve();
      if (this.#options.now() >= end) break;
    }
    for (const item of this.#dirty) {
      if (!item.isVisible()) continue;
      this.#schedule();
      return;
    }
  }
}
