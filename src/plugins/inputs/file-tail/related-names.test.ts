import assert from 'node:assert/strict';
import { test } from 'node:test';
import { areRelated, isRotated, rotatedName } from './related-names.ts';

const CASES: readonly (readonly [a: string, b: string, isKin: boolean])[] = [
  ['/l/app.log', '/l/app.log.1', true],
  ['/l/app.log', '/l/app.log.2.gz', true],
  ['/l/app.log', '/l/app.log-20260101.gz', true],
  ['/l/app.log', '/l/app-20260101.log', true],
  ['/l/app.log.1', '/l/app.log.2.gz', true],
  ['/l/syslog', '/l/syslog.1', true],
  ['/l/app.log', '/other/app.log.1', false],
  ['/l/host-1.log', '/l/host-10.log', false],
  ['/l/access.log', '/l/error.log', false],
  ['/app.log', '/app.log.1', true],
];

for (const [a, b, isKin] of CASES) {
  test(`${a} and ${b} are ${isKin ? '' : 'not '}names of one content in turn`, () => {
    assert.equal(areRelated(rotatedName(a), rotatedName(b)), isKin);
    assert.equal(areRelated(rotatedName(b), rotatedName(a)), isKin);
  });
}

const ROTATED: readonly (readonly [path: string, isIt: boolean])[] = [
  ...['app.log.1', 'app.log.12.gz', 'app.log-20260101', 'app.log-20260101-1795.gz', 'app.log.2026-01-01', 'app.log.old']
    .concat('app-20260101.log', 'app.2026-01-01.log.gz')
    .map((name) => [`/l/${name}`, true] as const),
  ...[
    'app.log',
    'app-errors.log',
    'app-2.log',
    'app.log.bak',
    'app.log.1.swp',
    'apps.log',
    'app.log.json',
    'app-20260101.txt',
  ]
    .concat('x/app.log.1')
    .map((name) => [`/l/${name}`, false] as const),
];

for (const [path, isIt] of ROTATED) {
  test(`${path} is ${isIt ? '' : 'not '}surely a rotated /l/app.log`, () => {
    assert.equal(isRotated(path, '/l/app.log'), isIt);
  });
}
