import type { SourcePosition } from '#core/plugin/input.ts';
import type { PositionChanges } from '#storage/spool/commit-journal.ts';

/** Where the sources of all inputs are read on: as moved by records in memory, and what of it is to become durable next. */
export class OpenPositions {
  readonly #current: Map<string, SourcePosition>;
  #moved = new Map<string, SourcePosition | undefined>();

  /** `durable` are the positions at the start of the thread. */
  constructor(durable: ReadonlyMap<string, SourcePosition>) {
    this.#current = new Map(durable);
  }

  get haveMoved(): boolean {
    return this.#moved.size > 0;
  }

  /** Moves with the records that were appended in this turn of the thread. */
  move(input: string, name: string, position: SourcePosition | undefined): void {
    const full = `${input}/${name}`;
    if (position === undefined) this.#current.delete(full);
    else this.#current.set(full, position);
    this.#moved.set(full, position);
  }

  /** What an input has, by its own names. */
  of(input: string): ReadonlyMap<string, SourcePosition> {
    const prefix = `${input}/`;
    const own = [...this.#current].filter(([name]) => name.startsWith(prefix));
    return new Map(own.map(([name, position]) => [name.slice(prefix.length), position]));
  }

  /** Hands over what has moved. */
  take(): PositionChanges {
    const moved = this.#moved;
    this.#moved = new Map();
    return moved;
  }
}
