import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseMarkdown } from './markdown.ts';

test('blocks are told apart', () => {
  const kinds = parseMarkdown('# Title\ntext\nmore\n\n- a\n- b\n1. c\n\n```\n<b>\n```\n---').map(({ kind }) => kind);
  assert.deepEqual(kinds, ['heading', 'paragraph', 'list', 'list', 'code', 'rule']);
});

test('inline marks are read and the rest is kept', () => {
  const [block] = parseMarkdown('a **b** *c* `d*` [e](https://x.y/z) f_g_h?');
  assert.equal(block?.kind, 'paragraph');
  assert.deepEqual(block?.kind === 'paragraph' && block.content.slice(0, 8), [
    { kind: 'text', text: 'a ' },
    { kind: 'strong', text: 'b' },
    { kind: 'text', text: ' ' },
    { kind: 'emphasis', text: 'c' },
    { kind: 'text', text: ' ' },
    { kind: 'code', text: 'd*' },
    { kind: 'text', text: ' ' },
    { kind: 'link', text: 'e', href: 'https://x.y/z' },
  ]);
});

for (const href of ['javascript:alert(1)', 'data:text/html,x', '//evil.example', '/\\evil.example', 'vbscript:x']) {
  test(`a link to ${href} stays text`, () => {
    assert.ok(!JSON.stringify(parseMarkdown(`[x](${href})`)).includes('"link"'));
  });
}

test('HTML stays text', () => {
  assert.deepEqual(parseMarkdown('<img src=x onerror=alert(1)>'), [
    { kind: 'paragraph', content: [{ kind: 'text', text: '<img src=x onerror=alert(1)>' }] },
  ]);
});
