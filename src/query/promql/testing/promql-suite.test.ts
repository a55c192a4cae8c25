import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createFunctions } from '#query/promql/functions/index.ts';
import { createParser } from '#query/promql/parse/index.ts';
import { type EvalOutcome, runScript } from './run-script.ts';

const SUITE = new URL('../../../../../shared/data/promql/', import.meta.url);
const SKIP = existsSync(SUITE) ? false : 'the recorded tests of Prometheus are not there';

/** Files whose evals need start timestamps of samples, which are not stored. */
const NOT_STORED: ReadonlySet<string> = new Set(['start_timestamps.test']);

const functions = createFunctions();
const parser = createParser(functions);

async function runFile(file: string): Promise<Map<number, EvalOutcome>> {
  const text = readFileSync(new URL(`testdata/${file}`, SUITE), 'utf8');
  const parse = (expr: string) => parser.parse(expr);
  const outcomes = await runScript(text, { parse, functions, checksMessages: true });
  return new Map(outcomes.map((outcome) => [outcome.command.line, outcome]));
}

test('every eval that Prometheus 3.5 passes of its own tests is passed, once more as a range query', {
  skip: SKIP,
}, async (t) => {
  const mustPass = JSON.parse(readFileSync(new URL('must_pass.json', SUITE), 'utf8')) as Record<string, number[]>;
  const failures: string[] = [];
  let [passed, must] = [0, 0];
  for (const [file, lines] of Object.entries(mustPass)) {
    const outcomes = await runFile(file);
    must += lines.length;
    for (const line of lines) {
      const outcome = outcomes.get(line);
      const wrong = outcome === undefined ? 'not run' : outcome.wrong;
      if (wrong === undefined) passed++;
      else failures.push(`${file}:${line} ${outcome?.command.expr}: ${wrong}`);
    }
  }
  t.diagnostic(`${passed} of ${must} passed`);
  assert.equal(must, 1719);
  assert.deepEqual(failures, []);
});

test('every eval of the tests of Prometheus 3.14 is passed, but those that need start timestamps', {
  skip: SKIP,
}, async (t) => {
  const failures: string[] = [];
  let count = 0;
  for (const file of readdirSync(new URL('testdata/', SUITE))) {
    if (NOT_STORED.has(file)) continue;
    for (const [line, { command, wrong }] of await runFile(file)) {
      count++;
      if (wrong !== undefined) failures.push(`${file}:${line} ${command.expr}: ${wrong}`);
    }
  }
  t.diagnostic(`${count} evals`);
  assert.ok(count > 2_100);
  assert.deepEqual(failures, []);
});
