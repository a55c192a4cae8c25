import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { type TestContext, test } from 'node:test';
import { closedGuard, openGuard } from './address-guard.ts';
import { createDatagramTool } from './datagram-tool.ts';

const SIGNAL = new AbortController().signal;

/** A server that gives these answers to each datagram, by the number of those that came before. */
async function served(t: TestContext, answers: (question: string, before: number) => readonly string[]) {
  const server = createSocket('udp4');
  let count = 0;
  server.on('message', (question, { port, address }) => {
    for (const answer of answers(String(question), count++)) server.send(answer, port, address);
  });
  server.bind(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  return { host: 'localhost', port: server.address().port };
}

test('the answer is told from what else comes', async (t) => {
  const address = await served(t, (question) => ['noise', `re: ${question}`]);
  const { ask } = createDatagramTool(openGuard);
  const isAnswer = (message: Buffer): boolean => String(message).startsWith('re:');
  const answer = await ask(address, Buffer.from('what'), { signal: SIGNAL, isAnswer });
  assert.equal(String(answer.message), 're: what');
  assert.ok((answer.lookup ?? -1) >= 0);
  assert.ok(answer.receivedAt >= answer.sentAt);
});

test('a question without an answer is repeated', async (t) => {
  const address = await served(t, (_, before) => (before < 2 ? [] : ['at last']));
  const { ask } = createDatagramTool(openGuard);
  const answer = await ask(address, Buffer.from('what'), { signal: SIGNAL, repeatMs: 5 });
  assert.equal(String(answer.message), 'at last');
});

test('nobody listens: unreachable; nobody answers: given up with the signal or the target', async (t) => {
  const { ask, close } = createDatagramTool(openGuard);
  const silent = await served(t, () => []);
  const run = new AbortController();
  const late = new Error('late');
  const late1 = ask(silent, Buffer.from('x'), { signal: run.signal });
  run.abort(late);
  await assert.rejects(late1, late);
  const gone = createSocket('udp4').bind(0, '127.0.0.1');
  await once(gone, 'listening');
  const { port } = gone.address();
  await new Promise<void>((resolve) => gone.close(() => resolve()));
  const refused = ask({ host: '127.0.0.1', port }, Buffer.from('x'), { signal: SIGNAL });
  await assert.rejects(refused, { kind: 'unreachable', message: /ECONNREFUSED/ });
  const closed = assert.rejects(ask({ ...silent, host: '127.0.0.1' }, Buffer.from('x'), { signal: SIGNAL }), /closed/);
  setImmediate(() => setImmediate(close));
  await closed;
});

test('a target of the page leads to no metadata service', async () => {
  const { ask } = createDatagramTool(closedGuard());
  const asked = ask({ host: '169.254.169.254', port: 53 }, Buffer.from('x'), { signal: SIGNAL });
  await assert.rejects(asked, { kind: 'forbidden' });
});
