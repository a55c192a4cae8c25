import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseXml } from './xml-document.ts';
import { holdsInXml, parseXpathAssertion } from './xpath-assertion.ts';

const DOCUMENT = parseXml(`<?xml version="1.0"?>
<!DOCTYPE html>
<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:m="urn:m">
  <!-- <m:Price>1</m:Price> -->
  <s:Body>
    <m:Prices currency='EUR' note="a > b">
      <m:Price id="1">7.5</m:Price>
      <m:Price id="2"> 12 </m:Price>
      <m:Price id="3" sold="yes"/>
    </m:Prices>
    <m:State><![CDATA[<UP>]]> &amp; &#x41;&#66; &own;</m:State>
  </s:Body>
</s:Envelope>`);

for (const [text, expected] of [
  ['/Envelope/Body', true],
  ['/s:Envelope/s:Body/m:Prices', true],
  ['/Body', false],
  ['//Price', true],
  ['//Body//Price[2]', true],
  ['//Nothing', false],
  ['/Envelope/*/Prices/@currency', true],
  ['//@sold', true],
  ['//@sold = "yes"', true],
  ['//Prices/@note == "a > b"', true],
  ['//Prices/@currency = "USD"', false],
  ['//Price = 7.5', true],
  ['//Price[2] = 12', true],
  ['//Price[2] = "12"', true],
  ['//Price[last()]/@id = 3', true],
  ['//Price[4]', false],
  ['//Price > 10', true],
  ['//Price > 12', false],
  ['//Price[1] < 8', true],
  ['//Price[@id="2"] >= 12', true],
  ['//Price[@sold]/@id = 3', true],
  ['//Prices[Price="12"]', true],
  ['//Prices[Price="13"]', false],
  ['//Price[@id="3"] = 0', false],
  ['count(//Price) = 3', true],
  ['count(//Price) > 3', false],
  ['count(//Price)', true],
  ['count(//None)', false],
  ['//State = "<UP> & AB &own;"', true],
  ['//State/text() != "<UP>"', true],
  ['//Price[@id="2"]/text() = 12', true],
] as const) {
  test(`${text} is ${expected}`, () => assert.equal(holdsInXml(DOCUMENT, parseXpathAssertion(text)), expected));
}

test('what is no assertion is refused', () => {
  for (const text of ['Price', '/', '//', '/a[', '/a[b or c]', '/a = b', 'count(a)', '/a/../b', '/a ~ 1', '']) {
    assert.throws(() => parseXpathAssertion(text), text);
  }
});

test('what is no XML is refused, and so is one that defines entities', () => {
  for (const text of ['', 'text', '<a>', '<a></b>', '</a>', '<a', '<!-- a', '<a b="', '{"a": 1}', '<a></a></b>']) {
    assert.throws(() => parseXml(text), text);
  }
  const bomb = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><a>&c;</a>';
  assert.throws(() => parseXml(bomb), /entities/);
  assert.throws(() => parseXml('<a>'.repeat(1_000)), /deep/);
  assert.throws(() => parseXml(`<a>${'<b/>'.repeat(200_000)}</a>`), /too much/);
});

test('whatever comes, it is read or refused, and quickly', () => {
  const parts = fc.constantFrom(
    '<',
    '>',
    'a',
    '/',
    '!',
    '--',
    '"',
    "'",
    '=',
    '&',
    ';',
    ' ',
    '<a>',
    '</a>',
    '[',
    ']',
    '?',
  );
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 40 }), (texts) => {
      try {
        parseXml(texts.join(''));
      } catch (error) {
        assert.ok(error instanceof Error && !(error instanceof TypeError), String(error));
      }
    }),
    { numRuns: 3_000 },
  );
});
