import { PatternEdits, PatternId, type PatternOrders } from '#core/api/log-patterns.ts';
import { AppError } from '#core/errors.ts';
import type { LogPatternIntake } from '#core/log-pattern-intake.ts';
import type { Clock } from '#io/clock.ts';
import { type DocumentTables, readDocument, type StateDb, saveDocument } from '#storage/postgres/index.ts';

const DOCUMENT = 'log-patterns';
const MAX_EDITS = 5_000;
const ATTEMPTS = 5;
/** Longer chains of patterns that became others are a circle. */
const MAX_STEPS = 100;
const NO_EDITS = PatternEdits.parse({});

export type PatternBookParts = {
  readonly db: StateDb;
  readonly intake: LogPatternIntake;
  readonly clock: Pick<Clock, 'now'>;
};

/**
 * What users have said about patterns, together with what the intake found that became one: which id stands for which, and
 * what names mean. Empty until it is started.
 */
export class PatternBook {
  readonly #parts: PatternBookParts;
  #edits = NO_EDITS;
  /** What the answers below were made of. */
  #madeOf: { readonly edits: PatternEdits; readonly aliases: ReadonlyMap<string, string> } | undefined;
  #current: ReadonlyMap<string, string> = new Map();

  constructor(parts: PatternBookParts) {
    this.#parts = parts;
  }

  get edits(): PatternEdits {
    return this.#edits;
  }

  /** Reads what was said; to be called when the state database answers. */
  async start(): Promise<void> {
    this.#take((await this.#read()).content);
  }

  /** Changes what is said. `change` may be called again when somebody else has changed it meanwhile. */
  async change(change: (edits: PatternEdits) => PatternEdits, by: string): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      const { version, content } = await this.#read();
      const edits = bounded(change(content));
      try {
        await saveDocument(this.#db(), DOCUMENT, { version, content: edits, by, now: this.#parts.clock.now() });
        return this.#take(edits);
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'conflict' || attempt === ATTEMPTS) throw error;
      }
    }
  }

  /** Ids of patterns that have become a part of others, with what they are now. */
  merged(): ReadonlyMap<string, string> {
    const { aliases } = this.#parts.intake;
    const { edits } = this;
    if (this.#madeOf?.edits !== edits || this.#madeOf.aliases !== aliases) {
      this.#madeOf = { edits, aliases };
      const ids = [...aliases.keys(), ...Object.keys(edits.merges)];
      this.#current = new Map(ids.map((id) => [id, this.#follow(id)] as const).filter(([from, to]) => from !== to));
    }
    return this.#current;
  }

  /** What a pattern is now. */
  currentId(id: string): string {
    return this.merged().get(id) ?? id;
  }

  /** The ids that a text of a query stands for. */
  idsOf(text: string): readonly string[] {
    const { names, mutes, pins } = this.#edits;
    if (text === 'muted') return this.#members(mutes);
    if (text === 'pinned') return this.#members(pins);
    const lowered = text.toLowerCase();
    const named = Object.keys(names).filter((id) => names[id]?.toLowerCase() === lowered);
    return this.#members(PatternId.safeParse(lowered).success ? [lowered, ...named] : named);
  }

  /** All ids under which lines of these patterns are stored. */
  #members(ids: readonly string[]): string[] {
    const wanted = new Set(ids.map((id) => this.currentId(id)));
    const parts = [...this.merged()].flatMap(([from, to]) => (wanted.has(to) ? [from] : []));
    return [...wanted, ...parts];
  }

  #follow(id: string): string {
    const { aliases } = this.#parts.intake;
    let end = id;
    for (let step = 0; step < MAX_STEPS; step += 1) {
      const next = aliases.get(end) ?? this.#edits.merges[end];
      if (next === undefined) return end;
      end = next;
    }
    return aliases.get(id) ?? id;
  }

  #take(edits: PatternEdits): void {
    this.#edits = edits;
    this.#parts.intake.setOrders(ordersOf(edits));
  }

  #read() {
    return readDocument(this.#db(), DOCUMENT, (content) => PatternEdits.catch(NO_EDITS).parse(content ?? {}));
  }

  #db() {
    return this.#parts.db.$extendTables<DocumentTables>();
  }
}

const ordersOf = ({ splits, merges, pins }: PatternEdits): PatternOrders => ({ splits, merges, pins });

function bounded(edits: PatternEdits): PatternEdits {
  const { names, merges, splits, pins, mutes } = edits;
  const most = Math.max(...[names, merges, splits].map((one) => Object.keys(one).length), pins.length, mutes.length);
  if (most <= MAX_EDITS) return edits;
  const message = `there are ${MAX_EDITS} names, merges, splits, pins or mutes of patterns, the most there may be`;
  throw new AppError('bad_request', `${message}: take some back`);
}
