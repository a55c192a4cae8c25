import { nativeOfClassic } from './classic-to-native.ts';
import { createMemoryStore, type MemoryStore } from './memory-source.ts';
import { runEval, type ScriptEngine } from './run-eval.ts';
import { type EvalCommand, type LoadCommand, parseScript } from './script.ts';

/** An `eval` of a script, and what is wrong with its answer (undefined: nothing). */
export type EvalOutcome = { readonly command: EvalCommand; readonly wrong: string | undefined };

/** Runs a script of Prometheus' promqltest over series in memory. */
export async function runScript(text: string, engine: ScriptEngine): Promise<EvalOutcome[]> {
  const store = createMemoryStore();
  const outcomes: EvalOutcome[] = [];
  for (const command of parseScript(text)) {
    if (command.kind === 'clear') store.clear();
    else if (command.kind === 'load') load(command, store);
    else outcomes.push({ command, wrong: await runEval(command, store.source, engine) });
  }
  return outcomes;
}

function load({ series, gap, withCustomBuckets }: LoadCommand, store: MemoryStore): void {
  for (const { labels, samples } of [...series, ...(withCustomBuckets ? nativeOfClassic(series) : [])]) {
    store.append(
      labels,
      samples.flatMap((value, i) => (value === undefined ? [] : [{ t: i * gap, value }])),
    );
  }
}
