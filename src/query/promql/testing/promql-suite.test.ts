import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createFunctions } from '#query/promql/functions/index.ts';
import { createParser } from '#query/promql/parse/index.ts';
import { type EvalOutcome, runScript } from './run-script.ts';

const SUITE = new URL('../../../../../shared/data/promql/', import.meta.url);

/** Evals of the must-pass set that are not reached, as `file:line`. */
const NOT_REACHED: readonly string[] = [];

const functions = createFunctions();
const parser = createParser(functions);

async function runFile(file: string, checksMessages: boolean): Promise<EvalOutcome[]> {
  const text = readFileSync(new URL(`testdata/${file}`, SUITE), 'utf8');
  return runScript(text, { parse: (expr) => parser.parse(expr), functions, checksMessages });
}

test('every eval that Prometheus 3.5 passes of its own tests is passed, once more as a range query', {
  skip: existsSync(SUITE) ? false : 'the recorded tests of Prometheus are not there',
}, async (t) => {
  const mustPass = JSON.parse(readFileSync(new URL('must_pass.json', SUITE), 'utf8')) as Record<string, number[]>;
  const failures: string[] = [];
  let [passed, must] = [0, 0];
  for (const [file, lines] of Object.entries(mustPass)) {
    const outcomes = new Map((await runFile(file, false)).map((outcome) => [outcome.command.line, outcome]));
    for (const line of lines) {
      must++;
      const outcome = outcomes.get(line);
      if (outcome !== undefined && outcome.wrong === undefined) passed++;
      else failures.push(`${file}:${line} ${outcome?.command.expr}: ${outcome?.wrong ?? 'not run'}`);
    }
  }
  t.diagnostic(`${passed} of ${must} passed`);
  assert.equal(must, 1719);
  const unexpected = failures.filter((failure) => !NOT_REACHED.some((name) => failure.startsWith(`${name} `)));
  assert.deepEqual(unexpected, []);
});
