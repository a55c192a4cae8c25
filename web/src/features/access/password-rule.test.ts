import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SetupRequest } from '#core/api/access.ts';
import { PASSWORD_MIN, passwordProblem } from './password-rule.ts';

test('the shortest password taken here is the shortest that the server takes', () => {
  const accepted = (length: number): boolean =>
    SetupRequest.safeParse({ token: 't', name: 'n', password: 'x'.repeat(length) }).success;
  assert.equal(accepted(PASSWORD_MIN), true);
  assert.equal(accepted(PASSWORD_MIN - 1), false);
});

test('short and differing passwords are refused', () => {
  assert.match(passwordProblem('short', 'short') ?? '', /at least 8/);
  assert.match(passwordProblem('long enough', 'long enouhg') ?? '', /differ/);
  assert.equal(passwordProblem('long enough', 'long enough'), undefined);
});
