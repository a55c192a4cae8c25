import { type AggFunc, aggFunc } from './agg-func.ts';
import { checkValue, type Param, type Value } from './params.ts';
import { queryError } from './query-error.ts';
import type { Series } from './series.ts';

/** The checked arguments of a call, read by parameter name. */
export class Args {
  readonly #values: ReadonlyMap<string, Value | readonly Value[]>;
  readonly #given: ReadonlySet<string>;
  readonly #mayOverwrite: boolean;

  constructor(
    values: ReadonlyMap<string, Value | readonly Value[]>,
    given: ReadonlySet<string>,
    mayOverwrite: boolean,
  ) {
    this.#values = values;
    this.#given = given;
    this.#mayOverwrite = mayOverwrite;
  }

  /** Where the new values of a series may be written, each after the old one was read: as many as there are now. */
  room({ values }: Series): Float64Array {
    return this.#mayOverwrite ? values : new Float64Array(values.length);
  }

  /** True when the call names a value, rather than leaving the default. */
  isGiven(name: string): boolean {
    return this.#given.has(name);
  }

  /** A series list; empty when it was left out. */
  series(name: string): readonly Series[] {
    return (this.#values.get(name) ?? []) as readonly Series[];
  }

  /** The same arguments with another list of series under a name. */
  withSeries(name: string, list: readonly Series[]): Args {
    return new Args(new Map(this.#values).set(name, list), this.#given, this.#mayOverwrite);
  }

  /** Several series lists of a `multiple` parameter, as one. */
  allSeries(name: string): readonly Series[] {
    return (this.values(name) as readonly (readonly Series[])[]).flat();
  }

  lists(name: string): readonly (readonly Series[])[] {
    const lists = (this.#values.get(name) ?? []) as readonly (readonly Series[] | Series)[];
    return lists.map((list) => (Array.isArray(list) ? list : [list])) as readonly (readonly Series[])[];
  }

  number(name: string): number {
    return this.#values.get(name) as number;
  }

  text(name: string): string {
    return String(this.#values.get(name));
  }

  flag(name: string): boolean {
    return this.#values.get(name) === true;
  }

  aggFunc(name: string): AggFunc {
    return aggFunc(this.text(name));
  }

  optionalNumber(name: string): number | undefined {
    return (this.#values.get(name) as number | null | undefined) ?? undefined;
  }

  optionalText(name: string): string | undefined {
    const value = this.#values.get(name) ?? undefined;
    return value === undefined ? undefined : String(value);
  }

  /** The value as it is: for parameters of several types. Undefined when left out or None. */
  value(name: string): Value | undefined {
    return (this.#values.get(name) as Value | undefined) ?? undefined;
  }

  /** All values of a `multiple` parameter. */
  values(name: string): readonly Value[] {
    return (this.#values.get(name) ?? []) as readonly Value[];
  }

  /** Values of a `multiple` parameter that are node numbers or tag names. */
  nodes(name: string): readonly (string | number)[] {
    return this.values(name) as readonly (string | number)[];
  }
}

/** Checks arguments against the parameters as graphite-web does; throws `bad_query`. */
export function bindArgs(
  call: { readonly name: string; readonly params: readonly Param[]; readonly mayOverwrite?: boolean },
  positional: readonly Value[],
  keyword: ReadonlyMap<string, Value>,
): Args {
  const { name, params } = call;
  const isOpen = params.at(-1)?.multiple === true;
  if (positional.length + keyword.size > params.length && !isOpen) {
    throw queryError(`Too many parameters specified for function "${name}"`);
  }
  const bound = new Map<string, Value | readonly Value[]>();
  const given = new Set(
    params
      .filter((param, at) => at < positional.length || byKeyword(param, keyword) !== undefined)
      .map((param) => param.name),
  );
  for (const [index, param] of params.entries()) {
    bindParam(bound, { param, index, name }, positional, keyword);
  }
  for (const key of keyword.keys()) {
    if (!params.some((param) => param.name === key || param.keyword === key))
      throw queryError(`Unexpected key word arguments: ${key}`);
  }
  return new Args(bound, given, call.mayOverwrite ?? false);
}

function byKeyword(param: Param, keyword: ReadonlyMap<string, Value>): Value | undefined {
  return keyword.get(param.keyword ?? param.name) ?? keyword.get(param.name);
}

function bindParam(
  bound: Map<string, Value | readonly Value[]>,
  at: { readonly param: Param; readonly index: number; readonly name: string },
  positional: readonly Value[],
  keyword: ReadonlyMap<string, Value>,
): void {
  const { param, index, name } = at;
  const given = byKeyword(param, keyword);
  const values = positional.slice(index, param.multiple === true ? undefined : index + 1);
  if (values.length === 0 && given !== undefined) values.push(given);
  if (values.length === 0 && param.required === true) {
    throw queryError(`Missing required parameter "${param.name}" for function "${name}"`);
  }
  const checked = values.map((value) => checkValue(param, value, name));
  if (param.multiple === true) bound.set(param.name, checked);
  else bound.set(param.name, checked[0] ?? param.default ?? null);
}
