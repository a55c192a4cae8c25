import type { z } from 'zod';
import type { Dashboard } from '../api/dashboard.ts';
import type { MetricTable } from './metric.ts';

/** One value a collector read; the runner adds `host`, the scheduled time and the source. */
export type CollectedValue = {
  /** A key of the plugin's metric table. */
  readonly metric: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
};

/** A part of a collection that failed while the rest succeeded. */
export type CollectionProblem = { readonly part: string; readonly message: string };

export type Collection = {
  readonly values: readonly CollectedValue[];
  readonly problems?: readonly CollectionProblem[];
};

/** What the runner gives to each collection. */
export type CollectContext = {
  /** Aborted at the deadline or at shutdown; every I/O must heed it. */
  readonly signal: AbortSignal;
  /** The scheduled time in ms since the epoch, which will stamp the samples. */
  readonly scheduledAt: number;
};

/** A live collector of one target; `close` frees what `start` opened. */
export type CollectorInstance = {
  readonly collect: (context: CollectContext) => Promise<Collection>;
  readonly close?: () => Promise<void>;
};

/** What a folder `src/plugins/collectors/<id>` exports by default; its id is the folder's name. */
export type CollectorPlugin<Config = unknown> = {
  readonly title: string;
  /** One sentence: what it measures, from where. */
  readonly summary: string;
  /** The only statement of its options: types, defaults, validation, form, docs. */
  readonly config: z.ZodType<Config>;
  readonly metrics: MetricTable;
  readonly defaultIntervalMs: number;
  /** Configs to run without being asked (the host collector: one; most: none). */
  readonly automatic: readonly unknown[];
  /** Names the target within the plugin, for labels and the schedule's offset: `localhost`, `db-1:5432`. */
  readonly target: (config: Config) => string;
  /** Built-in dashboard of what it collects, stored under the id `builtin-<plugin id>`. */
  readonly dashboard?: Dashboard;
  readonly start: (config: Config) => CollectorInstance;
};

/** Types a plugin from its config schema and forgets the type, so that all plugins stand in one list. */
export function defineCollector<Config>(plugin: CollectorPlugin<Config>): CollectorPlugin {
  return plugin as unknown as CollectorPlugin;
}
