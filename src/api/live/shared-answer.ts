/**
 * One question at a time, its answer shared: who asks while one is on its way gets the next, so that every answer was
 * begun after it was asked for.
 */
export class SharedAnswer<Answer> {
  readonly #ask: () => Promise<Answer>;
  #running: Promise<unknown> | undefined;
  #next: Promise<Answer> | undefined;

  constructor(ask: () => Promise<Answer>) {
    this.#ask = ask;
  }

  get(): Promise<Answer> {
    this.#next ??= this.#afterRunning();
    return this.#next;
  }

  async #afterRunning(): Promise<Answer> {
    await this.#running;
    this.#next = undefined;
    const answer = this.#ask();
    this.#running = answer.catch(() => undefined);
    return answer;
  }
}
