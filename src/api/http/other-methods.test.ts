import assert from 'node:assert/strict';
import { test } from 'node:test';
import { methodsByPath } from './other-methods.ts';

test('the methods of a path are those of every pattern that it matches', () => {
  const find = methodsByPath([
    { method: 'GET', path: '/api/v1/rules' },
    { method: 'GET', path: '/api/v1/label/:name/values' },
    { method: 'POST', path: '/tags/tagSeries' },
    { method: 'GET', path: '/tags/:tag' },
    { method: 'PUT', path: '/files/*' },
  ]);
  const cases: [path: string, methods: string[]][] = [
    ['/api/v1/rules', ['GET']],
    ['/api/v1/rules/', []],
    ['/api/v1/label/x/values', ['GET']],
    ['/api/v1/label//values', []],
    ['/tags/tagSeries', ['GET', 'POST']],
    ['/files/a/b', ['PUT']],
    ['/files', []],
    ['/nothing', []],
  ];
  for (const [path, methods] of cases) assert.deepEqual(find(path), methods, path);
});
