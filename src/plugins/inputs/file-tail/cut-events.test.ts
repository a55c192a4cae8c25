import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { MAX_LOG_BYTES } from '#core/model/log-record.ts';
import { type CutRules, cutEvents } from './cut-events.ts';

const indented = (line: string): boolean => line.startsWith(' ');
const RULES: CutRules = { goesOn: undefined, isSkipping: false, isEventOver: false, isLineOver: false };

function cut(text: string | Buffer, rules: Partial<CutRules> = {}) {
  const bytes = Buffer.from(text);
  const { events, ...rest } = cutEvents(bytes, { ...RULES, ...rules });
  const texts: string[] = [];
  for (let i = 0; i < events.length; i += 2) texts.push(bytes.toString('latin1', events[i], events[i + 1]));
  return { texts, ...rest };
}

const CASES: readonly (readonly [
  what: string,
  text: string,
  rules: Partial<CutRules>,
  texts: string[],
  consumed: number,
])[] = [
  ['lines, whatever ends them', 'a\nb\r\nc\n', {}, ['a', 'b', 'c'], 7],
  ['empty lines are none', '\n\na\n\r\n', {}, ['a'], 6],
  ['half a line waits', 'a\nb', {}, ['a'], 2],
  ['half a line whose time is over', 'a\nb', { isLineOver: true }, ['a', 'b'], 3],
  ['the rest of a line that is not wanted', 'rest\na\n', { isSkipping: true }, ['a'], 7],
  ['zeros before a line', '\0\0\0a\n\0\0b\n', {}, ['a', 'b'], 9],
  ['an event waits for its lines', 'a\n 1\n 2\nb\n 3\n', { goesOn: indented }, ['a\n 1\n 2'], 8],
  ['an event whose time is over', 'a\n 1\n', { goesOn: indented, isEventOver: true }, ['a\n 1'], 5],
  ['but not before half a line that may be its', 'a\n 1', { goesOn: indented, isEventOver: true }, [], 0],
  ['which is taken as it is in the end', 'a\n 1', { goesOn: indented, isLineOver: true }, ['a\n 1'], 4],
  ['lines that go on with nothing', ' 1\nb\n', { goesOn: indented }, [' 1'], 3],
]; // prettier-ignore

for (const [what, text, rules, texts, consumed] of CASES) {
  test(what, () => {
    const done = cut(text, rules);
    assert.deepEqual([done.texts, done.consumed], [texts, consumed]);
  });
}

test('a line of a megabyte is whole; of a longer one as much is taken as a record may have', () => {
  const long = 'x'.repeat(MAX_LOG_BYTES - 1);
  assert.deepEqual(cut(`${long}\na\n`).texts, [long, 'a']);
  const endless = cut(`a\n${long}yz`);
  assert.deepEqual([endless.texts, endless.isSkipping, endless.consumed], [['a', `${long}y`], true, MAX_LOG_BYTES + 3]);
  const rest = cut('more of it', { isSkipping: true });
  assert.deepEqual([rest.texts, rest.isSkipping, rest.consumed], [[], true, 10]);
});

test('events have at most 500 lines and about a megabyte', () => {
  const done = cut(`${'a\n b\n b\n'.repeat(1)}${' b\n'.repeat(600)}`, { goesOn: indented, isEventOver: true });
  assert.deepEqual(
    done.texts.map((text) => text.split('\n').length),
    [500, 103],
  );
  const big = ` ${'x'.repeat(600_000)}\n`;
  assert.equal(cut(big.repeat(3), { goesOn: indented, isEventOver: true }).texts.length, 3);
});

test('cut anywhere, read again from where it was done, the events are the same', () => {
  const line = fc.constantFrom('a', ' b', ' ', 'ä\u0000', '', 'c\r', '\u0000d');
  fc.assert(
    fc.property(
      fc.array(line, { maxLength: 12 }),
      fc.array(fc.nat(40), { maxLength: 6 }),
      fc.boolean(),
      (lines, cuts, isJoined) => {
        const bytes = Buffer.from(lines.map((text) => `${text}\n`).join(''));
        const goesOn = isJoined ? indented : undefined;
        const ends = [...cuts.map((at) => Math.min(at, bytes.length)).sort((a, b) => a - b), bytes.length];
        let from = 0;
        const texts = ends.flatMap((end, i) => {
          const part = cut(bytes.subarray(from, Math.max(end, from)), { goesOn, isEventOver: i === ends.length - 1 });
          from += part.consumed;
          return part.texts;
        });
        assert.deepEqual(texts, cut(bytes, { goesOn, isEventOver: true }).texts);
        assert.equal(from, bytes.length);
      },
    ),
  );
});
