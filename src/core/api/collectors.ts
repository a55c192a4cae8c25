import { z } from 'zod';
import { isLabelText } from '../model/labels.ts';
import type { CollectErrorKind } from '../plugin/collect-error.ts';
import type { CollectedTable } from '../plugin/collector.ts';
import type { OptionsSchema } from '../plugin/option-schema.ts';
import { parseDuration } from '../units/duration.ts';
import { Duration } from '../units/duration-option.ts';

/** Labels that the runner sets and nobody else. */
const RESERVED = new Set(['__name__', 'collector', 'target']);
const LABEL_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** Labels of a target, on all its series. */
export const TargetLabels = z
  .record(
    z
      .string()
      .refine((name) => LABEL_NAME.test(name) && !RESERVED.has(name), 'this is no name for a label of a target'),
    z.string().min(1).max(1_024).refine(isLabelText, 'a label holds no control characters'),
  )
  .refine((labels) => Object.keys(labels).length <= 20, 'a target has at most 20 labels');

/** What every target may say besides the plugin's own options. */
export const TARGET_SETTINGS = {
  /** How often it runs; default: the plugin's. */
  interval: Duration.optional(),
  /** A run that takes longer is given up; it never exceeds 0.8 × interval. */
  timeout: Duration.optional(),
  labels: TargetLabels.default({}),
  enabled: z.boolean().default(true),
} as const;

/** Kept as it is written. */
const DurationText = z
  .string()
  .trim()
  .refine((text) => parseDuration(text) !== undefined, 'write a duration like 10s or 1m');

/** A target as the page sends it. `secrets` are new values of secret options; absent ones stay, null takes one away. */
export const TargetRequest = z.strictObject({
  collector: z.string().min(1).max(100),
  options: z.record(z.string(), z.unknown()).default({}),
  secrets: z.record(z.string(), z.string().min(1).max(10_000).nullable()).default({}),
  interval: DurationText.optional(),
  timeout: DurationText.optional(),
  labels: TargetLabels.default({}),
  enabled: z.boolean().default(true),
});
export type TargetRequest = z.infer<typeof TargetRequest>;

/** A test of a target that is not stored, or with `id` of one that is and is being changed. */
export const TestRequest = TargetRequest.extend({ id: z.string().optional() });
export type TestRequest = z.infer<typeof TestRequest>;

/** Where a target comes from: runs by itself, `nocmate.yaml`, a file of targets, the page, or found on this host. */
export const TARGET_ORIGINS = ['automatic', 'config', 'file', 'dns', 'page', 'found'] as const;
export type TargetOrigin = (typeof TARGET_ORIGINS)[number];

/** A stored target; of secrets it is only told which are set. Durations as text, absent: the plugin's default. */
export type StoredTarget = {
  readonly id: string;
  readonly collector: string;
  readonly target: string;
  readonly origin: Extract<TargetOrigin, 'page' | 'found'>;
  readonly options: Readonly<Record<string, unknown>>;
  readonly secretsSet: readonly string[];
  readonly interval?: string;
  readonly timeout?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly enabled: boolean;
  readonly updatedAt: number;
  readonly updatedBy: string;
};

/** The one figure of a target: the sum of a metric over its series, or of its rate per second. */
export type KeyFigure = {
  readonly metric: string;
  /** Only of the series with these labels. */
  readonly where?: Readonly<Record<string, string>>;
  readonly isRate: boolean;
  /** Of the figure: `bytes_per_second` for a rate of bytes. */
  readonly unit: string;
  readonly help: string;
};

/** One kind of collector that can be added. */
export type CatalogueEntry = {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly group: string;
  readonly intervalMs: number;
  readonly options: OptionsSchema;
  readonly metrics: number;
  readonly alerts: number;
  /** Id of the built-in dashboard. */
  readonly dashboard?: string;
  readonly keyFigure?: KeyFigure;
  /** Of a check: the metric that is 1 while what it asks for is as it should be. */
  readonly okMetric?: string;
  /** False: it looks at this machine and needs no target. */
  readonly isRemote: boolean;
};

export type TriedSeries = {
  readonly metric: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
  readonly unit: string;
  readonly help: string;
};

/** What one run gave, stored nowhere. */
export type TriedCollection = {
  readonly isOk: boolean;
  readonly target: string;
  readonly durationMs: number;
  readonly series: readonly TriedSeries[];
  readonly problems: readonly string[];
  /** What the series were made of, where a collector tells it. */
  readonly table?: CollectedTable;
  readonly error?: { readonly kind: CollectErrorKind | 'failed' | 'timeout'; readonly message: string };
};

/** Something that was found on this host and does not run by itself. */
export type FoundProposal = {
  readonly id: string;
  readonly collector: string;
  readonly title: string;
  readonly target: string;
  readonly seen: string;
  /** To begin a form with. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Why it does not run. */
  readonly reason: string;
};

/** A port of this machine that something listens on and nothing collects from. `GET /api/services/unwatched`. */
export type UnwatchedPort = {
  readonly port: number;
  readonly addresses: readonly string[];
  /** By which the port is reached from here. */
  readonly reach: string;
  /** Empty where the process belongs to another user. */
  readonly program: string;
  readonly pid: number;
};

/** What listens on this machine and is not monitored; `isKnown` is false where nobody looks (`targets.discover: off`). */
export type UnwatchedPorts = { readonly isKnown: boolean; readonly ports: readonly UnwatchedPort[] };
