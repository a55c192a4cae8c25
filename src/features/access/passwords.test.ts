import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hash, verify } from '@node-rs/argon2';
import { createPasswords } from './passwords.ts';

test('a password is kept as argon2id with 19 MiB, 2 passes, 1 lane, and never twice the same', async () => {
  const passwords = createPasswords();
  const [one, two] = [await passwords.hash('correct horse'), await passwords.hash('correct horse')];
  assert.match(one, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  assert.notEqual(one, two);
  assert.equal(await passwords.matches(one, 'correct horse'), true);
  assert.equal(await passwords.matches(one, 'Correct horse'), false);
});

test('a log-in of nobody does the same work as one of somebody', async () => {
  const work: string[] = [];
  const parametersOf = (stored: string): string => stored.split('$').slice(1, 4).join(' ');
  const passwords = createPasswords({
    hash: (password, options) => hash(password, options),
    verify: (stored, password) => {
      work.push(parametersOf(String(stored)));
      return verify(stored, password);
    },
  });
  const known = await passwords.hash('correct horse');
  assert.equal(await passwords.matches(known, 'wrong'), false);
  assert.equal(await passwords.matches(undefined, 'wrong'), false);
  assert.deepEqual(work, ['argon2id v=19 m=19456,t=2,p=1', 'argon2id v=19 m=19456,t=2,p=1']);
});
