import type { Exposition } from '../exposition.ts';

/** Folder of recorded expositions with what the reference parser reads from them. */
export const RECORDED = new URL('../../../../../shared/data/openmetrics/', import.meta.url);

type ExpectedSample = {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number | string;
  /** Seconds. */
  readonly timestamp?: number;
  readonly exemplar?: {
    readonly labels: Readonly<Record<string, string>>;
    readonly value: number | string;
    readonly timestamp?: number;
  };
};

/** A metric family as the reference parser gives it. */
export type ExpectedFamily = {
  readonly name: string;
  readonly type: string;
  readonly help: string;
  readonly unit: string;
  readonly samples: readonly ExpectedSample[];
};

type FlatValue = { v: string; t: number | undefined };
type FlatSample = FlatValue & { name: string; labels: [string, string][]; exemplar: unknown };

const spell = (value: number | string): string => String(value).replace('+', '').replace('Infinity', 'Inf');
const entries = (labels: Readonly<Record<string, string>>): [string, string][] =>
  Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
const ms = (seconds: number | undefined): number | undefined =>
  seconds === undefined ? undefined : Math.round(seconds * 1_000);

/** Samples of expected families in one shape with {@link flattenRead}. */
export function flattenExpected(families: readonly ExpectedFamily[]): FlatSample[] {
  return families.flatMap(({ samples }) =>
    samples.map(({ name, labels, value, timestamp, exemplar }) => ({
      ...{ name, labels: entries(labels), v: spell(value), t: ms(timestamp) },
      exemplar: exemplar && {
        ...{ labels: entries(exemplar.labels), v: spell(exemplar.value), t: ms(exemplar.timestamp) },
      },
    })),
  );
}

/** Samples that were read, in one shape with {@link flattenExpected}. */
export function flattenRead({ samples }: Exposition): FlatSample[] {
  return samples.map(({ series, v, t, exemplar }) => ({
    ...{ name: series.name, labels: entries(series.labels), v: spell(v), t },
    exemplar: exemplar && { labels: entries(exemplar.labels), v: spell(exemplar.v), t: exemplar.t },
  }));
}
