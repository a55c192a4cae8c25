import type { z } from 'zod';
import type { Dashboard } from '../api/dashboard.ts';
import type { Event } from '../model/event.ts';
import type { AlertRule } from './alert-rule.ts';
import type { Discovery } from './discovery.ts';
import type { MetricTable } from './metric.ts';
import type { TargetContext } from './target-context.ts';

/** One value a collector read; the runner adds the target's labels, the scheduled time and the source. */
export type CollectedValue = {
  /** A key of the plugin's metric table. */
  readonly metric: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
};

/** The state of something whose metric declares `states`: stored as one series per state, 0 or 1; changes are events. */
export type CollectedState = {
  readonly metric: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly state: string;
  /** Why, for the event of a change: one sentence or what the target says itself. */
  readonly reason?: string;
};

/** A part of a collection that failed while the rest succeeded. */
export type CollectionProblem = { readonly part: string; readonly message: string };

export type Collection = {
  readonly values: readonly CollectedValue[];
  readonly states?: readonly CollectedState[];
  readonly problems?: readonly CollectionProblem[];
  /** Changes when the target restarts. */
  readonly runId?: string;
  /** When the target started, ms since the epoch, to about a second; for those that have no `runId`. */
  readonly startedAt?: number;
  /** What happened since the last run, like alerts of a sensor; the runner adds the labels of the target. */
  readonly events?: readonly Event[];
  /** What the values were made of, for whoever tries the target out: columns, and some rows as text. */
  readonly table?: CollectedTable;
};

export type CollectedTable = {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
  /** There are more rows than these. */
  readonly isCut: boolean;
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

/** Runs at once; the rest wait. */
export type CollectorLimits = {
  /** Of its own targets on one host; all collectors together have 2 there. */
  readonly perHost?: number;
  /** Of targets with the same user name and secrets; default: no limit. */
  readonly perCredential?: number;
};

/** A metric of the table, summed over a target, a counter as its rate; `where`: only the series with these labels. */
export type KeyFigureChoice = { readonly metric: string; readonly where?: Readonly<Record<string, string>> };

/** What a folder `src/plugins/collectors/<id>` exports by default; its id is the folder's name. */
export type CollectorPlugin<Config = unknown> = {
  readonly title: string;
  /** One sentence: what it measures, from where. */
  readonly summary: string;
  /** Where it stands in the catalogue: `Web servers`. */
  readonly group: string;
  /** The only statement of its options: types, defaults, validation, form, docs. Flat; see `target-options`. */
  readonly config: z.ZodType<Config>;
  readonly metrics: MetricTable;
  /** What tells most in one figure; default: the first metric that says what is done. */
  readonly keyFigure?: KeyFigureChoice;
  /** Series that the options name, beside those of the table. */
  readonly ownMetrics?: (config: Config) => MetricTable;
  readonly defaultIntervalMs: number;
  /** Configs to run without being asked (the host collector: one; most: none). */
  readonly automatic: readonly unknown[];
  /** Names the target within the plugin, for labels and the schedule's offset: `localhost`, `db-1:5432`. */
  readonly target: (config: Config) => string;
  /**
   * What it looks at; absent or undefined: the machine it runs on. Gives the labels `instance`, `service`, `host`. There
   * is no port where the host as a whole is meant.
   */
  readonly address?: (config: Config) => { readonly host: string; readonly port?: number } | undefined;
  readonly limits?: CollectorLimits;
  /** Its collections hold only what was due: a series that is absent from one has not ended. */
  readonly isPaced?: boolean;
  /**
   * A check: that its target does not answer, or not as it should, is what it measures (a metric `…_ok` is 0), and no
   * error. Its signal aborts a little before the deadline, so that being late is a result as well.
   */
  readonly isCheck?: boolean;
  readonly discovery?: Discovery;
  /** Built-in dashboard of what it collects, stored under the id `builtin-<plugin id>`. */
  readonly dashboard?: Dashboard;
  readonly alerts?: readonly AlertRule[];
  readonly start: (config: Config, context: TargetContext) => CollectorInstance;
};

/** Types a plugin from its config schema and forgets the type, so that all plugins stand in one list. */
export function defineCollector<Config>(plugin: CollectorPlugin<Config>): CollectorPlugin {
  return plugin as unknown as CollectorPlugin;
}
