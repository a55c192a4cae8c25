import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { WebSocket } from 'ws';
import type { LiveControl } from '#core/api/live.ts';
import type { LogTapBatch, TappedLog } from '#core/live-tap.ts';
import { systemClock } from '#io/clock.ts';
import { LogSubscription } from './log-subscription.ts';
import { Viewer } from './viewer.ts';

type Logs = Extract<LiveControl, { type: 'logs' }>;

const line = (seq: number, body = `line ${seq}`): TappedLog => ({
  ...{ t: 1_790_000_000_000.5, seq, severity: 17, host: 'a', service: 's', source: 'x', body, traceId: '', spanId: '' },
  attributes: ['user', 'eve', '__proto__', 'kept'],
  resource: [],
});

function setUp() {
  const heard: Logs[] = [];
  const socket = { OPEN: 1, readyState: 1, bufferedAmount: 0, send: (text: string) => heard.push(JSON.parse(text)) };
  let now = 5_000;
  const clock = { ...systemClock, monotonic: () => now };
  let onBatch: (batch: LogTapBatch) => void = () => undefined;
  let closed = 0;
  const subscription = new LogSubscription({
    ...{ id: 'l1', query: 'level:error', clock, viewer: new Viewer(socket as unknown as WebSocket, clock) },
    tap: {
      watch: (query, listener) => {
        assert.equal(query, 'level:error');
        onBatch = listener;
        return { close: () => closed++ };
      },
    },
  });
  return {
    heard,
    socket,
    subscription,
    closed: () => closed,
    pass: (ms: number) => (now += ms),
    tell: (batch: LogTapBatch) => onBatch(batch),
  };
}

test('lines are told as searches give them', () => {
  const { heard, tell } = setUp();
  tell({ records: [line(7)], skipped: 0 });
  const [row] = heard[0]?.rows ?? [];
  assert.equal(row?.id, '1790000000000500_7');
  assert.deepEqual(Object.entries(row?.attributes ?? {}), [
    ['user', 'eve'],
    ['__proto__', 'kept'],
  ]);
});

test('more lines than can be read in a second are left out and counted, the newest stay', () => {
  const { heard, tell, pass } = setUp();
  tell({ records: Array.from({ length: 700 }, (_, seq) => line(seq)), skipped: 3 });
  assert.equal(heard[0]?.rows.length, 500);
  assert.equal(heard[0]?.rows.at(-1)?.body, 'line 699');
  assert.equal(heard[0]?.skipped, 203);
  tell({ records: [line(700), line(701)], skipped: 0 });
  assert.deepEqual([heard[1]?.rows.length, heard[1]?.skipped], [1, 1]);
  pass(1_000);
  tell({ records: [line(702), line(703)], skipped: 0 });
  assert.deepEqual([heard[2]?.rows.length, heard[2]?.skipped], [2, 0]);
});

test('a viewer whose socket is full hears of what it missed when it is free again', () => {
  const { heard, tell, socket } = setUp();
  socket.bufferedAmount = 1_000_000;
  tell({ records: [line(1), line(2)], skipped: 0 });
  assert.equal(heard.length, 0);
  socket.bufferedAmount = 0;
  tell({ records: [line(3)], skipped: 0 });
  assert.deepEqual([heard[0]?.rows.length, heard[0]?.skipped], [1, 2]);
});

test('long texts are cut, and closing ends the watch', () => {
  const { heard, tell, subscription, closed } = setUp();
  tell({ records: [line(1, 'x'.repeat(50_000))], skipped: 0 });
  assert.equal(heard[0]?.rows[0]?.body.length, 4_097);
  subscription.close();
  assert.equal(closed(), 1);
});
