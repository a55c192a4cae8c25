import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { messageOf } from '#core/errors.ts';
import { createFunctions } from '#query/promql/functions/index.ts';
import { createParser } from '#query/promql/parse/index.ts';
import { printQuery } from '#query/promql/print/index.ts';

const DATA = new URL('../../../../../shared/data/promql/', import.meta.url);
const HEAD =
  /^eval(?:_(?:fail|warn|ordered|info))?\s+(?:instant\s+(?:at\s+\S+\s+)?|range\s+from\s+\S+\s+to\s+\S+\s+step\s+\S+\s+)(.+)$/;
const skip = existsSync(DATA) ? false : 'the recorded data are not beside this checkout';
const parser = createParser(createFunctions());

type MustPass = Readonly<Record<string, readonly number[]>>;

/** Queries by their line, those that the suite expects to fail apart. */
function queriesOf(file: string): { readonly line: number; readonly text: string; readonly mayFail: boolean }[] {
  const lines = readFileSync(new URL(`testdata/${file}`, DATA), 'utf8').split('\n');
  return lines.flatMap((line, i) => {
    const text = HEAD.exec(line.trim())?.[1];
    const next = lines.slice(i + 1, i + 4).join('\n');
    return text === undefined
      ? []
      : [{ line: i + 1, text, mayFail: line.startsWith('eval_fail') || /^\s*expect fail/m.test(next) }];
  });
}

test('every query of the recorded suites is read, and what is printed reads the same', { skip }, () => {
  const mustPass = JSON.parse(readFileSync(new URL('must_pass.json', DATA), 'utf8')) as MustPass;
  const faults: string[] = [];
  let read = 0;
  for (const file of readdirSync(new URL('testdata/', DATA))) {
    for (const { line, text, mayFail } of queriesOf(file)) {
      try {
        const printed = printQuery(parser.parse(text));
        assert.equal(printQuery(parser.parse(printed)), printed);
        read++;
      } catch (error) {
        if (!mayFail && mustPass[file]?.includes(line)) faults.push(`${file}:${line} ${text}: ${messageOf(error)}`);
      }
    }
  }
  assert.deepEqual(faults, []);
  assert.ok(read > 1_500, `only ${read} queries were read`);
});
