import type { InputAccount } from '#core/api/status.ts';

/** Records received that are in none of the columns: 0 when the account is exact. */
export function accountBalance({ received, stored, held, rejected, dropped }: InputAccount): number {
  return received - stored - held - sumOf(rejected) - sumOf(dropped);
}

/** All records of all reasons. */
export function sumOf(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** The reasons that occurred, the most frequent first. */
export function reasonsOf(counts: Readonly<Record<string, number>>): readonly (readonly [string, number])[] {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .sort(([, a], [, b]) => b - a);
}
