/**
 * Who of the waiting senders is likely to send again soon: a sender who has its answer mostly has the next request ready.
 * Once all of them are back, nobody gains by waiting for more to go into the same batch.
 */
export class AwaitedSenders {
  #away = 0;

  /** Those whose rows come now are back. */
  get areBack(): boolean {
    return this.#away === 0;
  }

  /** One has sent rows and waits for its answer. */
  came(): void {
    this.#away = Math.max(0, this.#away - 1);
  }

  /** So many got their answer. */
  answered(senders: number): void {
    this.#away += senders;
  }

  /** A batch has ended without those who were still away: they are not waited for any more. */
  forget(): void {
    this.#away = 0;
  }
}
