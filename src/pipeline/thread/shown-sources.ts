import type { PulledSource } from '#core/api/status.ts';
import type { SourceState } from '#core/plugin/input.ts';
import type { SourceProblems } from './source-problems.ts';

/** So many are told of at most, those with a problem first. */
const MOST = 2_000;

/** What inputs that fetch tell of their sources, asked when somebody looks. */
export class ShownSources {
  readonly #problems: SourceProblems;
  readonly #states = new Map<string, () => readonly SourceState[]>();

  constructor(problems: SourceProblems) {
    this.#problems = problems;
  }

  show(input: string, states: () => readonly SourceState[]): void {
    this.#states.set(input, states);
  }

  /** All sources with what hinders reading them. */
  list(): readonly PulledSource[] {
    const all = [...this.#states].flatMap(([input, states]) => this.#ofInput(input, states()));
    return all.sort((a, b) => Number(b.problem !== '') - Number(a.problem !== '')).slice(0, MOST);
  }

  #ofInput(input: string, states: readonly SourceState[]): PulledSource[] {
    const problems = new Map(this.#problems.of(input));
    const shown = states.map((state): PulledSource => {
      const problem = problems.get(state.name) ?? '';
      problems.delete(state.name);
      return { input, ...state, problem };
    });
    const unknown = [...problems].map(
      ([name, problem]): PulledSource => ({
        ...{ input, name, source: '', records: 0, lastAt: 0, isDone: false, problem },
      }),
    );
    return [...shown, ...unknown];
  }
}
