import { AppError } from '#core/errors.ts';
import type { Caller } from '#core/route.ts';
import type { Clock } from '#io/clock.ts';

/** A caller and when its session or token ends, in ms since the epoch. */
export type Verified = { readonly caller: Caller; readonly expiresAt: number };

/** A revocation by another process is noticed within this time; one by this process at once. */
const FRESH_MS = 3_000;
/** With the state database away, who was known goes on for this long. */
const STALE_MS = 60 * 60_000;
/** How long a request of a known caller waits for a database that does not answer. */
const PATIENCE_MS = 1_000;
const MAX_ENTRIES = 10_000;

type Entry = { readonly verified: Verified; freshUntil: number; staleUntil: number };

/** Remembers whom the database confirmed, so that a request costs no round trip. */
export class VerifiedCallers {
  readonly #clock: Clock;
  readonly #entries = new Map<string, Entry>();
  readonly #running = new Map<string, Promise<Verified | undefined>>();
  #generation = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The caller behind a key, from memory or by `look`. Throws what `look` throws for callers not known before. */
  async find(key: string, look: () => Promise<Verified | undefined>): Promise<Caller | undefined> {
    const entry = this.#entries.get(key);
    const now = this.#clock.monotonic();
    if (entry !== undefined && now < entry.freshUntil) return this.#current(entry.verified);
    const known = entry !== undefined && now < entry.staleUntil ? entry : undefined;
    const looking = this.#look(key, look);
    return this.#current(known === undefined ? await looking : await this.#lookOrTrust(looking, known));
  }

  /** Forgets the callers the test names, and what is being looked up right now. */
  forget(isMeant: (caller: Caller) => boolean): void {
    this.#generation += 1;
    this.#running.clear();
    for (const [key, { verified }] of this.#entries) {
      if (isMeant(verified.caller)) this.#entries.delete(key);
    }
  }

  #current(verified: Verified | undefined): Caller | undefined {
    return verified !== undefined && verified.expiresAt > this.#clock.now() ? verified.caller : undefined;
  }

  /** One look-up at a time per key. */
  #look(key: string, look: () => Promise<Verified | undefined>): Promise<Verified | undefined> {
    const running = this.#running.get(key);
    if (running !== undefined) return running;
    const generation = this.#generation;
    const started = look()
      .then((verified) => {
        if (generation === this.#generation) this.#keep(key, verified);
        return verified;
      })
      .finally(() => {
        if (this.#running.get(key) === started) this.#running.delete(key);
      });
    this.#running.set(key, started);
    return started;
  }

  async #lookOrTrust(looking: Promise<Verified | undefined>, known: Entry): Promise<Verified | undefined> {
    const answered = new AbortController();
    const patience = this.#clock.sleep(PATIENCE_MS, answered.signal).then(() => 'late' as const);
    try {
      const first = await Promise.race([looking.finally(() => answered.abort()), patience]);
      if (first !== 'late' || answered.signal.aborted) return await looking;
    } catch (error) {
      if (!(error instanceof AppError && error.retryable)) throw error;
    }
    known.freshUntil = this.#clock.monotonic() + FRESH_MS;
    return known.verified;
  }

  #keep(key: string, verified: Verified | undefined): void {
    const now = this.#clock.monotonic();
    this.#entries.delete(key);
    if (verified === undefined) return;
    this.#entries.set(key, { verified, freshUntil: now + FRESH_MS, staleUntil: now + STALE_MS });
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > MAX_ENTRIES && oldest !== undefined) this.#entries.delete(oldest);
  }
}
