/** What happened to a counter between two readings. */
export type CounterStep =
  | { readonly kind: 'first' }
  /** `increase` is exact. */
  | { readonly kind: 'grown' | 'wrapped'; readonly increase: bigint }
  /** It began again; `increase` since then. */
  | { readonly kind: 'reset'; readonly increase: bigint };

export type CounterReading = { readonly value: bigint; readonly previous: bigint | undefined };

export type CounterRules = {
  readonly bits: 32 | 64;
  /** Whoever counts has started anew since the previous reading. */
  readonly restarted: boolean;
};

const WRAP_32 = 2n ** 32n;
/** A 32-bit counter that falls from below this has begun again: a wrap comes from near the top. */
const WRAPS_FROM = (WRAP_32 * 3n) / 4n;

/** The step of a counter; one that falls has wrapped (32 bits, from near the top, no restart) or begun again. */
export function counterStep({ value, previous }: CounterReading, { bits, restarted }: CounterRules): CounterStep {
  if (previous === undefined) return { kind: 'first' };
  if (restarted) return { kind: 'reset', increase: value };
  if (value >= previous) return { kind: 'grown', increase: value - previous };
  const wraps = bits === 32 && previous >= WRAPS_FROM && previous < WRAP_32;
  return wraps ? { kind: 'wrapped', increase: WRAP_32 - previous + value } : { kind: 'reset', increase: value };
}

/** Continues counters of 32 bits over their wraps, by name; a reset begins anew at the value that is read. */
export class ContinuedCounters {
  readonly #last = new Map<string, { value: bigint; total: bigint }>();

  /** The continued value. Values are whole numbers; what is none is given back as it is. */
  next(name: string, value: number, restarted: boolean): number {
    if (!Number.isSafeInteger(value) || value < 0) return value;
    const read = BigInt(value);
    const last = this.#last.get(name);
    const step = counterStep({ value: read, previous: last?.value }, { bits: 32, restarted });
    const total = step.kind === 'first' || step.kind === 'reset' ? read : (last?.total ?? 0n) + step.increase;
    this.#last.set(name, { value: read, total });
    return Number(total);
  }

  /** Forgets counters that are gone. */
  forget(name: string): void {
    this.#last.delete(name);
  }
}

/** The number of a decimal counter text of up to 64 bits, rounded to the nearest float64; undefined when it is none. */
export function parseCounter(text: string): number | undefined {
  return /^\d{1,20}$/.test(text) ? Number(BigInt(text)) : undefined;
}
