/** Runs pieces of work one after the other: each begins when those before it have ended, well or not. */
export class InTurn {
  #last: Promise<unknown> = Promise.resolve();

  /** Resolves or rejects as the work does. */
  run<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** Resolves when everything that was given so far has ended. */
  async ended(): Promise<void> {
    await this.#last;
  }
}
