import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { type TestContext, test } from 'node:test';
import { checkOnce } from '#test/peers/check-once.ts';
import { noChrony, startChrony } from '#test/peers/chrony.ts';
import ntpCheck from './index.ts';
import { decodePacket } from './packet.ts';
import { wallOffset } from './wall-clock.ts';

type Options = Readonly<Record<string, unknown>>;
const checked = (t: TestContext, options: Options, deadlineMs = 10_000) =>
  checkOnce(t, ntpCheck, options, { deadlineMs });

test('a real server on this machine has its time', { skip: noChrony }, async (t) => {
  const peer = await startChrony();
  t.after(() => peer.remove());
  const { address } = peer;
  const { result, valueOf, stateOf } = await checked(t, { address });
  assert.equal(result, 'ok');
  assert.equal(valueOf('ntpcheck_stratum'), 8);
  assert.equal(stateOf('ntpcheck_leap'), 'none');
  const offset = Math.abs(valueOf('ntpcheck_offset_seconds') ?? 1);
  const roundTrip = valueOf('ntpcheck_round_trip_duration_seconds') ?? 0;
  // It is the same clock: no further away than the way there takes, and what reading it may cost.
  assert.ok(offset <= roundTrip / 2 + 0.005, `${offset} s, round trip ${roundTrip} s`);
  assert.equal((await checked(t, { address, maxStratum: 7 })).result, 'stratum');
  await peer.stop();
  assert.equal((await checked(t, { address })).result, 'refused');
});

/** A server that answers with these bytes in place of its own; the question's nonce is put in. */
async function replayed(t: TestContext, change: (answer: Buffer) => void): Promise<string> {
  const server = createSocket('udp4');
  server.on('message', (question, { port, address }) => {
    const answer = Buffer.alloc(48);
    answer[0] = 0x24;
    answer[1] = 2;
    question.copy(answer, 24, 40, 48);
    const seconds = Math.floor(Date.now() / 1_000) + 2_208_988_800;
    for (const at of [16, 32, 40]) answer.writeUInt32BE(seconds, at);
    change(answer);
    server.send(answer, port, address);
  });
  await once(server.bind(0, '127.0.0.1'), 'listening');
  t.after(() => server.close());
  return `127.0.0.1:${server.address().port}`;
}

for (const [what, change, expected] of [
  ['is right to a second', () => undefined, 'ok'],
  ['does not know the time', (answer: Buffer) => (answer[0] = 0xe4), 'unsynchronized'],
  ['refuses', (answer: Buffer) => (answer[1] = 0), 'refused_by_server'],
  ['is another client', (answer: Buffer) => (answer[0] = 0x23), 'protocol'],
  [
    'is an hour behind',
    (answer: Buffer) => [32, 40].forEach((at) => answer.writeUInt32BE(answer.readUInt32BE(at) - 3_600, at)),
    'offset',
  ],
] as const) {
  test(`one that ${what}: ${expected}`, async (t) => {
    const address = await replayed(t, change);
    const { result, valueOf } = await checked(t, { address, maxOffsetMs: 60_000 });
    assert.equal(result, expected);
    if (expected === 'offset') assert.ok(Math.abs((valueOf('ntpcheck_offset_seconds') ?? 0) + 3_600) < 60);
  });
}

test('an answer to another question is not heard', async (t) => {
  const address = await replayed(t, (answer) => answer.fill(1, 24, 32));
  assert.equal((await checked(t, { address }, 150)).result, 'timeout');
});

test('times behind 2036 are times behind 2036', () => {
  const packet = Buffer.alloc(48);
  packet.writeUInt32BE(1, 40);
  assert.equal(new Date(decodePacket(packet).sentMs ?? 0).toISOString(), '2036-02-07T06:28:17.000Z');
});

test('the clock is read at its tick, also when one is met late', () => {
  let time = 5.25;
  let late = 0.75;
  const now = (): number => Math.floor((time += 0.25)) + 1_000;
  const monotonic = (): number => {
    time += late;
    late = 0;
    return time;
  };
  assert.equal(wallOffset({ now, monotonic }), 1_000);
});
