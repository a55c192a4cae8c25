import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RedrawQueue } from './redraw-queue.ts';

function harness(costMs: number, count: number) {
  let clock = 0;
  const frames: (() => void)[] = [];
  const input = { pending: false, idle: 0 };
  const queue = new RedrawQueue({
    requestFrame: (callback) => frames.push(callback),
    now: () => clock,
    budgetMs: 6,
    isInputPending: () => input.pending,
    onIdle: () => input.idle++,
  });
  const drawn: number[] = [];
  const visible = new Set(Array.from({ length: count }, (_, i) => i));
  const items = Array.from({ length: count }, (_, i) => ({
    isVisible: () => visible.has(i),
    draw: () => {
      drawn.push(i);
      clock += costMs;
    },
  }));
  const runFrame = async () => {
    frames.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { queue, items, drawn, visible, frames, runFrame, input };
}

test('a frame draws until its budget is spent and the next frame goes on', async () => {
  const { queue, items, drawn, frames, runFrame } = harness(2, 5);
  for (const item of items) queue.request(item);
  assert.equal(frames.length, 1);
  await runFrame();
  assert.deepEqual(drawn, [0, 1, 2]);
  await runFrame();
  assert.deepEqual(drawn, [0, 1, 2, 3, 4]);
  assert.equal(frames.length, 0);
});

test('asking twice draws once', async () => {
  const { queue, items, drawn, runFrame } = harness(1, 1);
  queue.request(items[0]!);
  queue.request(items[0]!);
  await runFrame();
  assert.deepEqual(drawn, [0]);
});

test('what is out of view waits until it is seen', async () => {
  const { queue, items, drawn, visible, frames, runFrame } = harness(1, 2);
  visible.delete(1);
  for (const item of items) queue.request(item);
  await runFrame();
  assert.deepEqual(drawn, [0]);
  assert.equal(frames.length, 0);
  visible.add(1);
  queue.wake(items[1]!);
  await runFrame();
  assert.deepEqual(drawn, [0, 1]);
});

test('what was removed is not drawn', async () => {
  const { queue, items, drawn, runFrame } = harness(1, 1);
  queue.request(items[0]!);
  queue.remove(items[0]!);
  await runFrame();
  assert.deepEqual(drawn, []);
});

test('a frame ends early when the viewer waits, and says when all is drawn', async () => {
  const { queue, items, drawn, runFrame, input } = harness(1, 3);
  input.pending = true;
  for (const item of items) queue.request(item);
  await runFrame();
  assert.deepEqual([drawn.length, input.idle], [1, 0]);
  input.pending = false;
  await runFrame();
  assert.deepEqual([drawn.length, input.idle], [3, 1]);
});

test('what comes after a frame runs once, after all its drawings', async () => {
  const { queue, items, drawn, runFrame } = harness(1, 2);
  const seen: number[] = [];
  queue.afterFrame(() => seen.push(drawn.length));
  for (const item of items) queue.request(item);
  await runFrame();
  queue.request(items[0]!);
  await runFrame();
  assert.deepEqual(seen, [2]);
});
