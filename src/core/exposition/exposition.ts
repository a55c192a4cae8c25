import type { NativeHistogram } from '../model/histogram.ts';
import type { Labels } from '../model/labels.ts';
import type { MetricMetadata } from '../model/metric-metadata.ts';

/** A series as it is exposed. Equal texts give the same object as long as a {@link SeriesCache} is kept. */
export type ExposedSeries = {
  readonly name: string;
  /** Without the name. */
  readonly labels: Labels;
  /** The label that holds a number (`le` of a classic histogram, `quantile` of a summary), as its family's type says. */
  numberLabel: 'le' | 'quantile' | undefined;
  /** For the rules of OpenMetrics: the labels but `without` as one text, kept because it is needed at every scrape. */
  group?: { readonly without: string | undefined; readonly key: string };
};

/** Series by their text in an exposition (`a{b="c"}`), so that the next exposition of a target need not be read anew. */
export type SeriesCache = Map<string, ExposedSeries>;

/** `t` in ms since the epoch, undefined where the exposer leaves it to the scraper. */
export type ExposedExemplar = { readonly labels: Labels; readonly v: number; readonly t: number | undefined };

/** `t` in ms since the epoch, undefined where the exposer leaves it to the scraper. */
export type ExposedSample = {
  readonly series: ExposedSeries;
  readonly v: number;
  readonly t: number | undefined;
  readonly exemplar: ExposedExemplar | undefined;
};

/** A native histogram; `t` as in {@link ExposedSample}. */
export type ExposedHistogram = {
  readonly series: ExposedSeries;
  readonly t: number | undefined;
  readonly histogram: NativeHistogram;
  readonly exemplars: readonly ExposedExemplar[];
};

/** Everything that one answer of an exposer says. */
export type Exposition = {
  readonly samples: ExposedSample[];
  readonly histograms: ExposedHistogram[];
  readonly metadata: MetricMetadata[];
  /** When counters began, in ms since the epoch, where a format says it beside the samples (protobuf). */
  readonly created: { readonly series: ExposedSeries; readonly t: number }[];
};

/** Which of its two shapes a histogram of the protobuf format is read as. */
export type HistogramReading = 'classic' | 'native' | 'both';

/** How to read. */
export type ExpositionOptions = {
  /**
   * True: every rule of the format is checked (suffixes, order, grouping, histograms, repeated metadata). False: only what
   * is needed to understand the text, as Prometheus does.
   */
  readonly strict: boolean;
  readonly cache?: SeriesCache;
  /** What to read of a histogram that is classic and native: default `native`. Classic ones are read in any case. */
  readonly histograms?: HistogramReading;
};

/** An exposition that breaks the format: in which line (from 1; 0 for the whole) and why. */
export class ExpositionError extends Error {
  readonly line: number;

  constructor(line: number, why: string) {
    super(line === 0 ? why : `line ${line}: ${why}`);
    this.name = 'ExpositionError';
    this.line = line;
  }
}

/** An empty exposition. */
export function newExposition(): Exposition {
  return { samples: [], histograms: [], metadata: [], created: [] };
}
