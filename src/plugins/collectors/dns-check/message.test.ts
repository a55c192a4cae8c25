import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { wireName } from './config.ts';
import { decodeAnswer, encodeQuestion, isAnswerTo, type Question } from './message.ts';

const QUESTION: Question = { id: 7, name: 'www.test', type: 'A', isRecursive: true, wantsDnssec: false };

/** The question with the header of an answer, and these records behind it, in hex. */
function answerOf(question: Question, records: string, count: number): Buffer {
  const message = Buffer.concat([encodeQuestion(question).subarray(0, -11), Buffer.from(records, 'hex')]);
  message.writeUInt16BE(0x81_80, 2);
  message.writeUInt16BE(count, 6);
  message.writeUInt16BE(0, 10);
  return message;
}

test('a question as other programs write it', () => {
  const expected = '000701000001000000000001037777770474657374000001000100002904d0000000000000';
  assert.equal(encodeQuestion(QUESTION).toString('hex'), expected);
});

test('an answer belongs to its question', () => {
  const answer = answerOf(QUESTION, '', 0);
  assert.ok(isAnswerTo(QUESTION, answer));
  assert.ok(!isAnswerTo({ ...QUESTION, id: 8 }, answer));
  assert.ok(!isAnswerTo({ ...QUESTION, name: 'ww.test' }, answer));
  assert.ok(!isAnswerTo(QUESTION, encodeQuestion(QUESTION)));
});

test('names are put together from their places; circles are refused', () => {
  const mx = 'c00c000f00010000003c0009000a046d61696cc010';
  assert.equal(decodeAnswer(answerOf(QUESTION, mx, 1)).answers[0]?.text, '10 mail.test');
  const circle = 'c00c000500010000003c0002c026';
  assert.throws(() => decodeAnswer(answerOf(QUESTION, circle, 1)), RangeError);
});

test('no message, however broken, gives anything but an answer or a RangeError', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(5), (bytes, count) => {
      try {
        decodeAnswer(answerOf(QUESTION, Buffer.from(bytes).toString('hex'), count));
      } catch (error) {
        assert.ok(error instanceof RangeError, String(error));
      }
    }),
    { numRuns: 2_000 },
  );
});

for (const [text, expected] of [
  ['www.test.', 'www.test'],
  ['WWW.Test', 'www.test'],
  ['_sip._tcp.test', '_sip._tcp.test'],
  ['bücher.example', 'xn--bcher-kva.example'],
  ['.', ''],
  ['a..b', undefined],
  ['', undefined],
  [`${'a'.repeat(64)}.test`, undefined],
] as const) {
  test(`the name ${text} goes over the wire as ${expected}`, () => assert.equal(wireName(text), expected));
}
