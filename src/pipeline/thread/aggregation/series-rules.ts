import type { AggregationCounts } from '#core/api/ingest-rules.ts';
import { NO_RULES, type ThreadRules } from '#pipeline/protocol.ts';
import { RULED, type SeriesCatalogue, type SeriesSource } from '../series-catalogue.ts';
import { describeSeries, mappedDescription, type SeriesDescription } from '../series-name.ts';
import { Aggregator, type Output, type OutputWriter } from './aggregator.ts';
import { type CompiledRules, compileRules } from './compiled-rules.ts';

/** What happens to the samples of a series that some rule names. */
type Ruling = {
  readonly isDropped: boolean;
  readonly outputs: readonly (Output | undefined)[];
  /** The name under which its samples are stored, and the series of it once one has come. */
  readonly rewritten: string | undefined;
  target?: number;
};

/** Series that are looked at again in one go after a change of rules; then the thread reads its sockets. */
const AT_ONCE = 1_000;

/**
 * The rules of the intake. They are asked once per series, when it is first seen and when rules change; a series that any
 * of them names gets a mark in the catalogue, all others cost nothing.
 */
export class SeriesRules {
  readonly #catalogue: SeriesCatalogue;
  readonly #aggregator = new Aggregator();
  readonly #rulings = new Map<number, Ruling>();
  #rules: CompiledRules = compileRules(NO_RULES);
  #turn: NodeJS.Immediate | undefined;
  /** Who makes the series of rewritten names. */
  readonly #source: SeriesSource = { series: 0 };
  readonly #encoder = new TextEncoder();

  constructor(catalogue: SeriesCatalogue) {
    this.#catalogue = catalogue;
  }

  /** New series follow the new rules at once, known ones within a moment. */
  set(rules: ThreadRules): void {
    clearImmediate(this.#turn);
    const before = this.#rules;
    this.#rules = compileRules(rules);
    this.#again(before, 0);
  }

  onNew(ordinal: number): void {
    if (!this.#rules.isEmpty) this.#rule(ordinal, this.#catalogue.key(ordinal));
  }

  /** The row of the series in the catalogue. */
  describe(ordinal: number): SeriesDescription {
    const key = this.#catalogue.key(ordinal);
    const mapped = this.#rules.mapped(key);
    return mapped?.action === 'map' ? mappedDescription(key, mapped.labels) : describeSeries(key);
  }

  /** Of a marked series. */
  isDropped(ordinal: number): boolean {
    return this.#rulings.get(ordinal)?.isDropped ?? false;
  }

  /**
   * The series that samples of a marked one are stored in; -1 with the catalogue's `refusal`. It is made with the first of
   * them: rules are not asked again for a name that a rule has given.
   */
  target(ordinal: number): number {
    const ruling = this.#rulings.get(ordinal);
    if (ruling?.rewritten === undefined) return ordinal;
    if (ruling.target !== undefined) return ruling.target;
    const bytes = this.#encoder.encode(ruling.rewritten);
    const target = this.#catalogue.resolve(bytes, 0, bytes.length, this.#source);
    if (target >= 0) ruling.target = target;
    return target;
  }

  /** A sample of a marked series. */
  aggregate(ordinal: number, t: number, v: number): void {
    for (const output of this.#rulings.get(ordinal)?.outputs ?? []) this.#aggregator.add(output, t, v);
  }

  flush(now: number, write: OutputWriter, all = false): void {
    this.#aggregator.flush(now, write, all);
  }

  counts(): AggregationCounts {
    return this.#aggregator.counts(this.#rulings.size);
  }

  close(): void {
    clearImmediate(this.#turn);
  }

  #again(before: CompiledRules, from: number): void {
    const catalogue = this.#catalogue;
    const to = Math.min(catalogue.size, from + AT_ONCE);
    const isMapped = before.hasMapping || this.#rules.hasMapping;
    for (let ordinal = from; ordinal < to; ordinal += 1) {
      const key = catalogue.key(ordinal);
      this.#rule(ordinal, key);
      if (isMapped && !isSame(before, this.#rules, key)) catalogue.due[ordinal] = 0;
    }
    if (to < catalogue.size) this.#turn = setImmediate(() => this.#again(before, to));
    else
      this.#aggregator.keep(
        new Set([...this.#rulings.values()].flatMap(({ outputs }) => outputs.flatMap((o) => o ?? []))),
      );
  }

  #rule(ordinal: number, key: string): void {
    const isDropped = this.#rules.isDropped(key);
    const outputs = isDropped
      ? []
      : this.#rules.feeds(key).map(({ name, feed }) => this.#aggregator.output(name, feed.method, feed.intervalMs));
    const { watch } = this.#catalogue;
    const rewritten = isDropped ? undefined : this.#rules.rewritten(key);
    if (isDropped || outputs.length > 0 || rewritten !== undefined) {
      this.#rulings.set(ordinal, { isDropped, outputs, rewritten });
      watch[ordinal] = (watch[ordinal] ?? 0) | RULED;
    } else if (this.#rulings.delete(ordinal)) watch[ordinal] = (watch[ordinal] ?? 0) & ~RULED;
  }
}

const isSame = (a: CompiledRules, b: CompiledRules, key: string): boolean =>
  JSON.stringify(labelsOf(a, key)) === JSON.stringify(labelsOf(b, key));

function labelsOf(rules: CompiledRules, key: string) {
  const mapped = rules.mapped(key);
  return mapped?.action === 'map' ? mapped.labels : undefined;
}
