/**
 * What an editor has told its owner and not yet been given back. The owner's text comes back after it was rendered, when
 * more may have been typed: such an echo must not be written over what is newer.
 */
export class Echoes {
  #told: string[] = [];

  /** The editor told this text. */
  tell(text: string): void {
    this.#told.push(text);
  }

  /** The editor is left: what comes now is the owner's. */
  forget(): void {
    this.#told = [];
  }

  /** Whether the owner's text is one that the editor told; those told before it are not awaited any more. */
  isEcho(text: string): boolean {
    const at = this.#told.lastIndexOf(text);
    this.#told = at < 0 ? [] : this.#told.slice(at + 1);
    return at >= 0;
  }
}
