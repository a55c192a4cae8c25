import assert from 'node:assert/strict';
import type { InputAccount } from '#core/api/status.ts';

const sum = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((a, b) => a + b, 0);

/** Asserts for every input: received = stored + held + rejected + dropped, and that nothing is negative. */
export function assertConserved(accounts: readonly InputAccount[]): void {
  for (const account of accounts) {
    const { input, received, stored, held, rejected, dropped } = account;
    assert.equal(stored + held + sum(rejected) + sum(dropped), received, `${input}: ${JSON.stringify(account)}`);
    assert.ok(held >= 0 && stored >= 0, `${input}: ${JSON.stringify(account)}`);
  }
}

/** The account of one input. */
export function accountOf(accounts: readonly InputAccount[], input: string): InputAccount {
  const account = accounts.find((one) => one.input === input);
  assert.ok(account, `no account of ${input}`);
  return account;
}
