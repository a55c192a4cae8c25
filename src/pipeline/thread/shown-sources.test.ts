import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SourceState } from '#core/plugin/input.ts';
import { ShownSources } from './shown-sources.ts';
import { SourceProblems } from './source-problems.ts';

const state = (name: string): SourceState => ({
  ...{ name, source: `file:${name}`, offset: 1, size: 2, records: 3, lastAt: 4, isDone: false },
});

test('sources come with what hinders reading them, those first; a problem without a state is told, too', () => {
  const problems = new SourceProblems();
  const shown = new ShownSources(problems);
  let files = [state('/a'), state('/b')];
  shown.show('file-tail', () => files);
  problems.set('file-tail', '/b', '/b cannot be read');
  problems.set('journald', '', 'ended');
  assert.deepEqual(
    shown.list().map(({ name, problem }) => [name, problem]),
    [
      ['/b', '/b cannot be read'],
      ['/a', ''],
    ],
  );
  shown.show('journald', () => []);
  problems.set('file-tail', '/b', undefined);
  files = [state('/a')];
  assert.deepEqual(
    shown.list().map(({ input, name, problem, records }) => [input, name, problem, records]),
    [
      ['journald', '', 'ended', 0],
      ['file-tail', '/a', '', 3],
    ],
  );
});
