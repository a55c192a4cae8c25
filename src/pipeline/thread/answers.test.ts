import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FromThread } from '#pipeline/protocol.ts';
import { Answers } from './answers.ts';

const NOTHING = { accepted: 0, rejectedTotal: 0, rejected: [] };

test('what one batch resolves goes in one message, in its order, and nothing is sent twice', async () => {
  const posted: FromThread[] = [];
  const answers = new Answers((message) => posted.push(message));
  const batch = Promise.withResolvers<void>();
  const requests = [1, 2, 3].map((ticket) => batch.promise.then(() => answers.written(ticket, NOTHING)));
  batch.resolve();
  await Promise.all(requests);
  answers.written(4, NOTHING);
  await new Promise((resolve) => setImmediate(resolve));
  answers.written(5, NOTHING);
  await new Promise((resolve) => setImmediate(resolve));
  const tickets = posted.map((message) =>
    message.kind === 'all-written' ? message.written.map(({ ticket }) => ticket) : assert.fail(message.kind),
  );
  assert.deepEqual(tickets, [[1, 2, 3, 4], [5]]);
});
