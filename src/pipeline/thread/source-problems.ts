/** What hinders reading of sources now, by input and source: told in the health answer. */
export class SourceProblems {
  readonly #problems = new Map<string, string>();

  /** True when it is news. */
  set(input: string, source: string, problem: string | undefined): boolean {
    const name = `${input}\0${source}`;
    const isNews = this.#problems.get(name) !== problem;
    if (problem === undefined) this.#problems.delete(name);
    else this.#problems.set(name, problem);
    return isNews;
  }

  /** Those of one input, by source. */
  of(input: string): ReadonlyMap<string, string> {
    const own = [...this.#problems].filter(([name]) => name.startsWith(`${input}\0`));
    return new Map(own.map(([name, problem]) => [name.slice(input.length + 1), problem]));
  }

  /** One sentence each. */
  get list(): readonly string[] {
    return [...this.#problems].map(([name, problem]) => `${name.slice(0, name.indexOf('\0'))}: ${problem}`);
  }
}
