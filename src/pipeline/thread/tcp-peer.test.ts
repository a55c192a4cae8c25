import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { test } from 'node:test';
import type { Spooler } from './spooler.ts';
import { TcpPeer } from './tcp-peer.ts';
import type { Ticket } from './ticket.ts';

/** A batch that takes rows, a disk that keeps them when it is told to, and what is done to the connection. */
function bench() {
  const batch = { rows: 0 };
  const disk: { ticket: Ticket; keep: () => void; fail: () => void }[] = [];
  const state = { isOpen: true, sent: 0 };
  const spooler = {
    get open() {
      return [batch];
    },
    durable: (ticket: Ticket) => {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      disk.push({ ticket, keep: resolve, fail: () => reject(new Error('no space')) });
      return promise;
    },
  };
  const socket = {
    writable: true,
    writableLength: 0,
    write: () => void (state.sent += 1),
    destroy: () => void (state.isOpen = false),
  };
  const peer = new TcpPeer(socket as unknown as Socket, spooler as unknown as Spooler, 0);
  const chunk = (rows: number, read = (): void => {}): void => {
    peer.begin();
    batch.rows += rows;
    read();
    peer.commit();
  };
  const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));
  return { peer, chunk, disk, state, turn, socket };
}

test('what was taken in earlier chunks has to be durable too', async () => {
  const { peer, chunk, disk, turn } = bench();
  let isTold = false;
  chunk(2);
  chunk(1, () => peer.whenDurable(() => (isTold = true)));
  assert.equal(disk.length, 2);
  disk[1]?.keep();
  await turn();
  assert.equal(isTold, false);
  disk[0]?.keep();
  await turn();
  assert.equal(isTold, true);
});

test('a chunk without records waits for nothing', async () => {
  const { peer, chunk, disk, turn, state } = bench();
  chunk(0, () => peer.whenDurable(() => peer.send(Buffer.from('a'))));
  await turn();
  assert.deepEqual([disk.length, state.sent, state.isOpen], [0, 1, true]);
});

test('what cannot be kept closes the connection and is not answered', async () => {
  const { peer, chunk, disk, turn, state } = bench();
  chunk(1, () => peer.whenDurable(() => assert.fail('it was not kept')));
  disk[0]?.fail();
  await turn();
  assert.equal(state.isOpen, false);
});

test('a record for which there was no room closes the connection, one that is bad does not', async () => {
  const { peer, chunk, turn, state } = bench();
  chunk(0, () => peer.refused('bad_line'));
  assert.equal(state.isOpen, true);
  chunk(0, () => {
    peer.refused('spool_full');
    peer.whenDurable(() => assert.fail('it was refused'));
  });
  await turn();
  assert.equal(state.isOpen, false);
});

test('a sender that fetches no answers is let go', () => {
  const { peer, state, socket } = bench();
  socket.writableLength = 1e6;
  peer.send(Buffer.from('a'));
  assert.deepEqual([state.isOpen, state.sent], [false, 0]);
});
