import { ExpositionError } from './exposition.ts';

type Point = { readonly suffix: string; readonly group: string; readonly v: number; readonly le: string | undefined };

type Group = {
  readonly key: string;
  bucket: number | undefined;
  value: number;
  count: number | undefined;
  hasNegativeBuckets: boolean;
  sum: number | undefined;
  gsum: number | undefined;
};

/** The rules of the points of a histogram or gaugehistogram (OpenMetrics 1.0, "Histogram"). */
export class HistogramRules {
  readonly #name: string;
  #group: Group | undefined;

  constructor(name: string) {
    this.#name = name;
  }

  /** One sample; `group` names labels and time of its point. */
  sample({ suffix, group, v, le }: Point, line: number): void {
    if (this.#group?.key !== group) {
      this.end(line);
      this.#group = {
        ...{ key: group, bucket: undefined, value: 0, count: undefined },
        ...{ hasNegativeBuckets: false, sum: undefined, gsum: undefined },
      };
    }
    const at = this.#group;
    if (suffix === '_bucket') this.#bucket(at, Number(le === '+Inf' ? 'Infinity' : le), { v, line });
    else if (suffix === '_count' || suffix === '_gcount') at.count = v;
    else if (suffix === '_sum') at.sum = v;
    else if (suffix === '_gsum') at.gsum = v;
  }

  /** The last point is complete. */
  end(line: number): void {
    const problem = this.#group && problemOf(this.#group);
    if (problem !== undefined) throw new ExpositionError(line, `${this.#name}: ${problem}`);
    this.#group = undefined;
  }

  #bucket(at: Group, bound: number, { v, line }: { v: number; line: number }): void {
    if (bound < 0) at.hasNegativeBuckets = true;
    if (at.bucket !== undefined && bound <= at.bucket)
      throw new ExpositionError(line, `${this.#name}: buckets are out of order`);
    if (v < at.value) throw new ExpositionError(line, `${this.#name}: counts of buckets go down`);
    at.bucket = bound;
    at.value = v;
  }
}

function problemOf({ bucket, value, count, hasNegativeBuckets, sum, gsum }: Group): string | undefined {
  if (bucket !== Number.POSITIVE_INFINITY) return 'the bucket +Inf is missing';
  if (count !== undefined && count !== value) return 'the count is not that of the bucket +Inf';
  const hasSum = sum !== undefined || gsum !== undefined;
  if (hasSum && count === undefined) return 'there is a sum without a count';
  if (!hasSum && count !== undefined) return 'there is a count without a sum';
  if (hasNegativeBuckets && sum !== undefined) return 'a histogram with negative buckets has no sum';
  return !hasNegativeBuckets && (gsum ?? 0) < 0 ? 'the sum is negative, but no bucket is' : undefined;
}
