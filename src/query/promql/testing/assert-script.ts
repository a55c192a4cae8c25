import assert from 'node:assert/strict';
import { createFunctions } from '#query/promql/functions/index.ts';
import { createParser } from '#query/promql/parse/index.ts';
import { runScript } from './run-script.ts';

/** Asserts that every `eval` of a script is answered as it expects, texts of errors and notes included. */
export async function assertScript(script: string): Promise<void> {
  const functions = createFunctions();
  const parser = createParser(functions);
  const outcomes = await runScript(script, { parse: (text) => parser.parse(text), functions, checksMessages: true });
  assert.ok(outcomes.length > 0, 'the script evaluates nothing');
  const wrong = outcomes.filter((outcome) => outcome.wrong !== undefined);
  assert.deepEqual(
    wrong.map((outcome) => `${outcome.command.line} ${outcome.command.expr}: ${outcome.wrong}`),
    [],
  );
}
