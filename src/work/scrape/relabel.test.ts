import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Labels } from '#core/model/labels.ts';
import { createRelabel } from './relabel.ts';
import { RelabelConfig } from './relabel-config.ts';

type Row = {
  readonly what: string;
  readonly steps: readonly object[];
  readonly from: Labels;
  /** Undefined: dropped. */
  readonly to: Labels | undefined;
};

const abc = { a: 'foo', b: 'bar', c: 'baz' };

const TABLE: readonly Row[] = [
  {
    what: 'replace joins, matches whole values and expands groups',
    steps: [
      {
        source_labels: ['a', 'b'],
        separator: '-',
        regex: 'f(.*)-(?P<end>b.*)',
        target_label: 'd',
        replacement: '$1/${end}/$$',
      },
    ],
    from: abc,
    to: { ...abc, d: 'oo/bar/$' },
  },
  {
    what: 'replace without a match changes nothing',
    steps: [{ source_labels: ['a'], regex: 'o', target_label: 'd', replacement: 'x' }],
    from: abc,
    to: abc,
  },
  {
    what: 'replace with an empty result takes the label away',
    steps: [{ source_labels: ['a'], target_label: 'b', replacement: '' }],
    from: abc,
    to: { a: 'foo', c: 'baz' },
  },
  {
    what: 'replace sets a constant without source labels',
    steps: [{ target_label: 'd', replacement: 7 }],
    from: abc,
    to: { ...abc, d: '7' },
  },
  {
    what: 'replace expands the name of the target',
    steps: [{ source_labels: ['a'], regex: '(f).*', target_label: '${1}x', replacement: 'y' }],
    from: abc,
    to: { ...abc, fx: 'y' },
  },
  { what: 'keep', steps: [{ source_labels: ['a'], regex: 'foo|x', action: 'keep' }], from: abc, to: abc },
  {
    what: 'keep drops what does not match whole',
    steps: [{ source_labels: ['a'], regex: 'fo', action: 'keep' }],
    from: abc,
    to: undefined,
  },
  { what: 'drop', steps: [{ source_labels: ['a'], regex: '.*o', action: 'drop' }], from: abc, to: undefined },
  {
    what: 'a dot matches line feeds',
    steps: [{ source_labels: ['a'], regex: 'x.y', action: 'drop' }],
    from: { a: 'x\ny' },
    to: undefined,
  },
  {
    what: 'keepequal',
    steps: [{ source_labels: ['a'], target_label: 'b', action: 'keepequal' }],
    from: abc,
    to: undefined,
  },
  {
    what: 'dropequal',
    steps: [{ source_labels: ['a'], target_label: 'b', action: 'dropequal' }],
    from: { a: 'x', b: 'x' },
    to: undefined,
  },
  {
    what: 'dropequal keeps others',
    steps: [{ source_labels: ['a'], target_label: 'b', action: 'dropequal' }],
    from: abc,
    to: abc,
  },
  {
    what: 'hashmod takes the last 8 bytes of the MD5',
    steps: [{ source_labels: ['c'], target_label: 'd', action: 'hashmod', modulus: 1000 }],
    from: abc,
    to: { ...abc, d: '976' },
  },
  {
    what: 'labelmap',
    steps: [{ regex: '__meta_(.+)', action: 'labelmap' }],
    from: { __meta_zone: 'z', a: 'x' },
    to: { __meta_zone: 'z', zone: 'z', a: 'x' },
  },
  { what: 'labeldrop', steps: [{ regex: 'a|b', action: 'labeldrop' }], from: abc, to: { c: 'baz' } },
  { what: 'labelkeep', steps: [{ regex: 'a', action: 'labelkeep' }], from: abc, to: { a: 'foo' } },
  {
    what: 'lowercase and uppercase, in any spelling of the action',
    steps: [
      { source_labels: ['a'], target_label: 'u', action: 'Uppercase' },
      { source_labels: ['u'], target_label: 'l', action: 'lowercase' },
    ],
    from: { a: 'Foo' },
    to: { a: 'Foo', u: 'FOO', l: 'foo' },
  },
];

for (const { what, steps, from, to } of TABLE) {
  test(`relabelling: ${what}`, () => {
    const relabel = createRelabel(steps.map((step) => RelabelConfig.parse(step)));
    const out = relabel(from);
    assert.deepEqual(out && { ...out }, to);
  });
}

test('steps that cannot work are refused with what is missing', () => {
  const messageOf = (step: object): string => RelabelConfig.safeParse(step).error?.issues[0]?.message ?? '';
  assert.match(messageOf({ action: 'hashmod', target_label: 'x' }), /modulus/);
  assert.match(messageOf({ action: 'lowercase' }), /target_label/);
  assert.match(messageOf({ regex: '(' }), /not a regular expression/);
});
