import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dailyGrowth } from './growth.ts';

const TODAY = 20_000;
const NOW = TODAY * 86_400 + 7_000;

test('each of 30 days has what began in it and what was there', () => {
  const changes = [
    { day: TODAY - 100, began: 10, ended: 0 },
    { day: TODAY - 50, began: 5, ended: 3 },
    { day: TODAY - 1, began: 2, ended: 4 },
    { day: TODAY, began: 1, ended: 0 },
    { day: TODAY + 3, began: 0, ended: 11 },
  ];
  const days = dailyGrowth(changes, NOW);
  assert.equal(days.length, 30);
  assert.deepEqual(days[0], { t: (TODAY - 29) * 86_400_000, added: 0, active: 12 });
  assert.deepEqual(days.slice(-2), [
    { t: (TODAY - 1) * 86_400_000, added: 2, active: 10 },
    { t: TODAY * 86_400_000, added: 1, active: 11 },
  ]);
});
