export type NamespaceOptions = {
  /** First node of all names. */
  readonly prefix: string;
  /** The names of statsd's `legacyNamespace`: rates as `stats.name`, counts as `stats_counts.name`. */
  readonly legacyNamespace: boolean;
};

export type MetricGroup = 'counters' | 'timers' | 'gauges' | 'sets';

/** Makes the series names of one key, each once; statsd's graphite backend (backends/graphite.js) calls them so. */
export class SeriesNames {
  readonly #options: NamespaceOptions;
  readonly #group: MetricGroup;
  readonly #name: string;
  readonly #tags: string;
  readonly #known = new Map<string, Uint8Array>();

  /** The key is a name with tags behind it: `name;k=v`. */
  constructor(options: NamespaceOptions, group: MetricGroup, key: string) {
    const cut = key.indexOf(';');
    this.#options = options;
    this.#group = group;
    this.#name = cut < 0 ? key : key.slice(0, cut);
    this.#tags = cut < 0 ? '' : key.slice(cut);
  }

  /** The series of one statistic (`rate`, `upper_90`; '' for the value of a gauge) in Graphite's spelling, UTF-8. */
  of(statistic: string): Uint8Array {
    const known = this.#known.get(statistic);
    if (known !== undefined) return known;
    const made = Buffer.from(this.#nodes(statistic).filter(Boolean).join('.') + this.#tags);
    this.#known.set(statistic, made);
    return made;
  }

  #nodes(statistic: string): readonly string[] {
    const { prefix, legacyNamespace } = this.#options;
    if (!legacyNamespace || this.#group !== 'counters') return [prefix, this.#group, this.#name, statistic];
    return statistic === 'rate' ? [prefix, this.#name] : ['stats_counts', this.#name];
  }
}
