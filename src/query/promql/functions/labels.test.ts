import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contextOf, functionOf, plain, seriesOf, valueOf } from './testing/call.ts';

const call = (name: string, ...args: Parameters<typeof valueOf>[0][]): unknown =>
  plain(
    functionOf(name, 'whole').evaluate(
      args.map((arg) => valueOf(arg)),
      contextOf(),
    ),
  );
const series = [seriesOf({ __name__: 'm', src: 'source-value-10', dst: 'before' }, [0])];

// Prometheus, promql/promqltest/testdata/functions.test.
const REPLACED: readonly (readonly [string, string, string, string | undefined])[] = [
  ['destination-value-$1', 'src', 'source-value-(.*)', 'destination-value-10'],
  ['destination-value-$1', 'src', 'value-(.*)', 'before'],
  ['$1-value-$2', 'src', '(.*)-value-(.*)', 'source-value-10'],
  ['${n}', 'src', 'source-value-(?P<n>.*)', '10'],
  ['${1}0', 'src', 'source-value-(.*)', '100'],
  ['$10', 'src', 'source-value-(.*)', undefined],
  ['$$1', 'src', '.*', '$1'],
  ['value-$1', 'nonexistent', 'source-value-(.*)', 'before'],
  ['value-$1', 'nonexistent', '(.*)', 'value-'],
  ['', 'dst', '.*', undefined],
  ['x', 'src', 'a|source-value-10', 'x'],
];
for (const [replacement, src, regex, expected] of REPLACED) {
  test(`label_replace of ${src} =~ ${regex} by "${replacement}" is ${expected}`, () => {
    const labels = { __name__: 'm', src: 'source-value-10', ...(expected === undefined ? {} : { dst: expected }) };
    assert.deepEqual(call('label_replace', series, 'dst', replacement, src, regex), [[labels, [0]]]);
  });
}

test('a regular expression sees line breaks as characters', () => {
  const text = [seriesOf({ src: 'a\nb' }, [1])];
  assert.deepEqual(call('label_replace', text, 'src', 'x', 'src', 'a.b'), [[{ src: 'x' }, [1]]]);
});

test('a name that is set is not dropped any more', () => {
  const dropped = [{ ...seriesOf({ __name__: 'm' }, [1]), dropName: true }];
  const fn = functionOf('label_replace', 'whole');
  const args = [valueOf(dropped), ...['__name__', 'n', '', ''].map((text) => valueOf(text))];
  const result = fn.evaluate(args, contextOf());
  assert.equal(result.kind === 'vector' && result.series[0]?.dropName, false);
});

test('what cannot be is refused', () => {
  assert.throws(() => call('label_replace', series, 'dst', '', 'src', '(.*'), /invalid regular expression/);
  assert.throws(() => call('label_replace', series, '', '', 'src', '.*'), /invalid destination label name/);
  assert.throws(() => call('label_join', series, 'dst', '', ''), /invalid source label name/);
  const twins = [seriesOf({ l: 'a' }, [1]), seriesOf({ l: 'b' }, [1])];
  assert.throws(() => call('label_replace', twins, 'l', '', '', ''), { code: 'bad_query', message: /same labelset/ });
});

test('series that become the same without overlapping are one', () => {
  const parts = [seriesOf({ idx: '1' }, [2, undefined]), seriesOf({ idx: '2' }, [undefined, 4])];
  assert.deepEqual(call('label_replace', parts, 'idx', 'x', 'idx', '.*'), [[{ idx: 'x' }, [2, 4]]]);
});

test('label_join', () => {
  const joined = (separator: string, ...sources: string[]): unknown =>
    call('label_join', [seriesOf({ a: '1', b: '2', dst: 'before' }, [0])], 'dst', separator, ...sources);
  assert.deepEqual(joined('-', 'a', 'missing', 'b'), [[{ a: '1', b: '2', dst: '1--2' }, [0]]]);
  assert.deepEqual(joined('-'), [[{ a: '1', b: '2' }, [0]]]);
});
