import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EventRow } from '#core/api/events.ts';
import { marksOf } from './event-marks.ts';

const event = (t: number, kind: string): EventRow => ({
  t,
  kind,
  severity: 'info',
  message: `${kind} at ${t}`,
  labels: {},
});

test('marks are in time order and leave out who logged in, and alerts of sensors', () => {
  const marks = marksOf([
    event(30, 'deploy'),
    event(20, 'user.login'),
    event(15, 'ids.alert'),
    event(10, 'system.start'),
  ]);
  assert.deepEqual(marks, [
    { t: 10, severity: 'info', text: 'system.start at 10' },
    { t: 30, severity: 'info', text: 'deploy at 30' },
  ]);
});
