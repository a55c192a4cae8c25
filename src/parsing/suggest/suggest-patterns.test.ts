import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileGrok } from '#parsing/grok/compile-grok.ts';
import { createGrokLibrary } from '#parsing/grok/grok-library.ts';
import { suggestPatterns } from './suggest-patterns.ts';

const LIBRARY = createGrokLibrary('ecs-v1');
const LINES: readonly (readonly [line: string, like: string, fields: Record<string, string>])[] = [
  [
    '2026-11-25 10:00:01,123 INFO order=4711 user=bob took 12ms',
    '2026-11-26 11:30:00,001 WARN order=9 user=ann took 3.5ms',
    { timestamp: '2026-11-26 11:30:00,001', 'log.level': 'WARN', order: '9', user: 'ann', number: '3.5' },
  ],
  [
    'Accepted login for bob from 10.1.2.3 to 10.9.9.9:443 (session 17)',
    'Accepted login for ann from 1.2.3.4 to 5.6.7.8:80 (session 2)',
    { 'user.name': 'ann', 'source.ip': '1.2.3.4', 'destination.ip': '5.6.7.8' },
  ],
  [
    '[worker-3] GET /a/b?c=d "took long" https://x.de/y 0f8fad5b-d9cb-469f-a165-70867728950e',
    '[worker-9] POST /z "ok" http://q.de 1f8fad5b-d9cb-469f-a165-70867728950e',
    { id: 'worker-9', 'http.request.method': 'POST', path: '/z', text: 'ok', 'url.original': 'http://q.de' },
  ],
  ['started 2026/11/25 10:00:00', 'started 2026/11/26 11:00:00', { timestamp: '2026/11/26 11:00:00' }],
  ['cache: 3.2MiB (50%) at 2001:db8::1', 'cache: 1MiB (7%) at ::1', { cache: '1' }],
];

test('patterns that are suggested read the line, and lines like it', () => {
  for (const [line, like, expected] of LINES) {
    const { grok, dissect } = suggestPatterns(line);
    const fields = compileGrok(grok, LIBRARY).match(like);
    assert.ok(fields !== undefined, `${grok} does not read ${like}`);
    const got = Object.fromEntries(fields);
    for (const [name, value] of Object.entries(expected)) assert.equal(got[name], value, `${grok}: ${name}`);
    assert.ok(dissect.includes('%{'), dissect);
  }
});

test('whatever the line, a pattern is suggested, in linear time', () => {
  const units = ['a=', '"', '1.', '::', 'a@', '/', '[]()\\^$', '%{x}', ' ', '\n', 'for ', '\u0000', '\ud800'];
  for (const unit of units) {
    const line = unit.repeat(16_000 / unit.length);
    assert.notEqual(compileGrok(suggestPatterns(line).grok, LIBRARY).match(line), undefined, unit);
  }
});
