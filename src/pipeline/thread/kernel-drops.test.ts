import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { dropsOf, kernelDrops } from './kernel-drops.ts';

const TABLE = `   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
  117: 0100007F:1FBD 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 4242 2 0000000000000000 17
  118: 0200007F:1FBD 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 4243 2 0000000000000000 3
  300: 0100007F:0202 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 4244 2 0000000000000000 5
`;

test('drops are those of the port', () => {
  assert.equal(dropsOf(TABLE, 8125), 20);
  assert.equal(dropsOf(TABLE, 514), 5);
  assert.equal(dropsOf(TABLE, 515), undefined);
});

const skip = existsSync('/proc/net/udp') ? false : 'the system has no /proc/net/udp';

test('a burst that nobody reads is dropped by the kernel, and told', { skip }, async (t) => {
  const receiver = createSocket({ type: 'udp4', recvBufferSize: 4096 });
  const sender = createSocket('udp4');
  t.after(() => [receiver, sender].map((socket) => socket.close()));
  receiver.bind(0, '127.0.0.1');
  await once(receiver, 'listening');
  const { port } = receiver.address();
  assert.equal(kernelDrops(port, false), 0);
  const send = (): Promise<unknown> =>
    new Promise((resolve) => sender.send(Buffer.alloc(1_000), port, '127.0.0.1', resolve));
  // A burst is sent within one turn of the event loop, in which nothing is read.
  for (let burst = 0; burst < 50 && kernelDrops(port, false) === 0; burst += 1) {
    await Promise.all(Array.from({ length: 200 }, send));
  }
  assert.ok((kernelDrops(port, false) ?? 0) > 0);
});
