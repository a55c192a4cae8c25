import { messageOf } from '#core/errors.ts';
import type { LogRange, LogSearch } from '#query/logs/index.ts';
import { addZeros, endsOf, evaluate, type Samples } from './evaluate.ts';
import { namesOf, type RuleGroup, readLabelSets } from './rule-groups.ts';
import type { SeriesWriter } from './series-writer.ts';

export type CorrectionParts = {
  readonly logs: Pick<LogSearch, 'windows'>;
  readonly writer: SeriesWriter;
  readonly signal: AbortSignal;
};

/**
 * Evaluates the windows that lines came late for once more and writes what is different. Resolves with what the search
 * cost, ms. When it fails, the windows stay late and the error is told.
 */
export async function correctLate(group: RuleGroup, parts: CorrectionParts): Promise<number> {
  const [{ sets, rule, until }] = group;
  const ends = [...new Set(group.flatMap(({ late }) => [...late]))].filter((end) => end <= until).sort((a, b) => a - b);
  for (const { late } of group) for (const end of ends) late.delete(end);
  try {
    if (sets.size === 0) await readLabelSets(group[0], until, parts);
    const before = new Set(sets.texts.map((texts) => texts.join('\x1f')));
    const samples: Samples = new Map();
    let ms = 0;
    const rules = group.map((one) => one.rule);
    for (const range of runsOf(ends, rule.stepMs)) {
      const found = await evaluate({ ...parts, rules, range, sets });
      ms += found.ms;
      for (const [key, series] of found.samples) samples.set(key, new Map([...(samples.get(key) ?? []), ...series]));
    }
    // Of sets that were not known before, the windows since then have no zero.
    const since = endsOf({ from: (ends[0] ?? until) - rule.stepMs, to: until }, rule.stepMs);
    addZeros(samples, rules, since, (end) => sets.at(end).filter((texts) => !before.has(texts.join('\x1f'))));
    const { changed } = await parts.writer.replace(namesOf(group), samples, parts.signal);
    for (const one of group) one.corrected += changed;
    return ms;
  } catch (error) {
    for (const one of group) {
      for (const end of ends) one.late.add(end);
      one.correctionFailed(messageOf(error));
    }
    throw error;
  }
}

/** Windows that follow each other, as ranges. */
function runsOf(ends: readonly number[], stepMs: number): readonly LogRange[] {
  const runs: { from: number; to: number }[] = [];
  for (const end of ends) {
    const last = runs.at(-1);
    if (last?.to === end - stepMs) last.to = end;
    else runs.push({ from: end - stepMs, to: end });
  }
  return runs;
}
