import { bindArgs } from './args.ts';
import type { Call, Node, Path } from './ast.ts';
import { parseAtTime } from './at-time.ts';
import type { CallContext, FunctionDef, FunctionResult, TimeRange } from './function-def.ts';
import { findFunction } from './functions/index.ts';
import type { Value } from './params.ts';
import { parseTarget } from './parser.ts';
import { runInPieces } from './pieces.ts';
import { queryError } from './query-error.ts';
import { type QueryLimits, RequestFetcher } from './request.ts';
import type { Series } from './series.ts';
import type { GraphiteSource } from './source.ts';

/** One render request: what every target of it shares. Times in epoch seconds. */
export type GraphiteQuery = TimeRange & {
  readonly targets: readonly string[];
  readonly now: number;
  readonly timeZone: string;
  readonly xFilesFactor?: number;
  /** Values for `template()` variables; they win over those in the target. */
  readonly template?: ReadonlyMap<string, string | number>;
  readonly limits?: Partial<QueryLimits>;
  readonly signal?: AbortSignal;
};

/**
 * Evaluates the targets in order over a source. Throws `bad_query` (with the position for syntax), `limit_series`,
 * `limit_rows`, `cancelled`, and what the source throws.
 */
export async function evaluateGraphite(source: GraphiteSource, query: GraphiteQuery): Promise<Series[]> {
  const { limits, signal } = query;
  const fetcher = new RequestFetcher(source, {
    ...(limits === undefined ? {} : { limits }),
    ...(signal === undefined ? {} : { signal }),
  });
  const evaluator = new Evaluator(fetcher, query);
  const out: Series[] = [];
  for (const target of query.targets) {
    if (target.trim() !== '') out.push(...(await evaluator.target(target)));
  }
  return out;
}

const MAX_NAME = 64 * 1024;

type Scope = TimeRange & { readonly variables: ReadonlyMap<string, string | number> };

type Running = {
  readonly args: readonly Value[];
  readonly keyword: ReadonlyMap<string, Value>;
  readonly argNodes: readonly Node[];
  readonly name: string;
  /** Nobody else has the values of the first argument. */
  readonly mayOverwrite?: boolean;
};

const isOwned = (node: Node | undefined): boolean =>
  node?.kind === 'call' && findFunction(node.name)?.ownsValues === true;

class Evaluator {
  readonly #fetcher: RequestFetcher;
  readonly #query: GraphiteQuery;
  readonly #stacks = new Map<string, number[]>();
  #xFilesFactor: number;

  constructor(fetcher: RequestFetcher, query: GraphiteQuery) {
    this.#fetcher = fetcher;
    this.#query = query;
    this.#xFilesFactor = query.xFilesFactor ?? 0;
  }

  async target(
    target: string | Node,
    range: TimeRange = this.#query,
    variables: Scope['variables'] = new Map(),
  ): Promise<Series[]> {
    const node = typeof target === 'string' ? parseTarget(target) : target;
    const value = await this.#evaluate(node, { from: range.from, until: range.until, variables });
    if (!Array.isArray(value)) throw queryError('A target must be a path or a function call, not a plain value');
    return (value as readonly (Series | readonly Series[])[]).flat() as Series[];
  }

  async #evaluate(node: Node, scope: Scope): Promise<Value> {
    switch (node.kind) {
      case 'path':
        return this.#path(node, scope);
      case 'call':
        return this.#call(node, scope);
      case 'template': {
        const variables = new Map([...scope.variables, ...node.variables, ...(this.#query.template ?? [])]);
        return this.#evaluate(node.body, { ...scope, variables });
      }
      case 'none':
        return null;
      default:
        return node.value;
    }
  }

  async #path(node: Path, scope: Scope): Promise<Value> {
    let text = node.text;
    for (const [name, value] of scope.variables) {
      if (text === `$${name}`) return /^-?[\d.]+$/.test(String(value)) ? Number(value) : value;
      text = text.replaceAll(`$${name}`, String(value));
    }
    return this.#fetcher.fetch(text, scope, { text, xFilesFactor: this.#xFilesFactor });
  }

  async #call(node: Call, scope: Scope): Promise<Value> {
    if (node.name === 'seriesByTag') return this.#seriesByTag(node, scope);
    const def = findFunction(node.name);
    if (def === undefined)
      throw queryError(`Received request for unknown function: ${node.name}`, { position: node.position });
    const positional: Value[] = [];
    for (const arg of node.args) positional.push(await this.#evaluate(arg, scope));
    const keyword = new Map<string, Value>();
    for (const [key, arg] of node.kwargs) keyword.set(key, await this.#evaluate(arg, scope));
    const mayOverwrite = def.ownsValues === true && isOwned(node.args[0]);
    return this.#run(def, { args: positional, keyword, argNodes: node.args, name: node.name, mayOverwrite }, scope);
  }

  async #seriesByTag(node: Call, scope: Scope): Promise<Value> {
    const tagExpressions: string[] = [];
    for (const arg of node.args) {
      let value = String(await this.#evaluate(arg, scope));
      for (const [name, replacement] of scope.variables) value = value.replaceAll(`$${name}`, String(replacement));
      tagExpressions.push(value);
    }
    return this.#fetcher.fetch({ tagExpressions }, scope, { text: node.raw, xFilesFactor: this.#xFilesFactor });
  }

  async #run(def: FunctionDef, call: Running, scope: Scope): Promise<FunctionResult> {
    await this.#fetcher.breathe();
    const args = bindArgs({ ...call, params: def.params }, call.args, call.keyword);
    const context = this.#context(call.argNodes, scope);
    const result = await (def.perSeries === true ? runInPieces(def, args, context) : def.run(args, context));
    let points = 0;
    for (const series of result.flat() as Series[]) {
      points += series.values.length;
      if (series.name.length > MAX_NAME)
        throw queryError(`${call.name} makes a name longer than ${MAX_NAME} characters`);
    }
    this.#fetcher.checkPoints(points);
    return result;
  }

  #context(argNodes: readonly Node[], scope: Scope): CallContext {
    const { now, timeZone } = this.#query;
    return {
      from: scope.from,
      until: scope.until,
      now,
      timeZone,
      argNodes,
      stacks: this.#stacks,
      xFilesFactor: this.#xFilesFactor,
      setXFilesFactor: (factor) => {
        this.#xFilesFactor = factor;
      },
      evaluate: (target, range = scope) => this.target(target, range, scope.variables),
      call: async (name, args) => {
        const def = findFunction(name);
        if (def === undefined) return undefined;
        const result = await this.#run(def, { args, keyword: new Map(), argNodes, name }, scope);
        return result.flat() as Series[];
      },
      events: (question) => this.#fetcher.events(question),
      breathe: () => this.#fetcher.breathe(),
      checkPoints: (points) => this.#fetcher.checkPoints(points),
      parseTime: (text) => (typeof text === 'number' ? text : parseAtTime(text, { now, timeZone })),
    };
  }
}
