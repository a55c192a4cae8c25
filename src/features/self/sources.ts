import type { CollectorStatus, InputAccount, PartStatus, SelfStatus, StorageStatus } from '#core/api/status.ts';
import type { Clock } from '#io/clock.ts';

/** What the product knows about itself, asked of the parts that know. */
export type SelfSources = {
  readonly version: string;
  readonly clock: Clock;
  /** Label `host` of this node. */
  readonly host: string;
  /** State of each part by name. */
  readonly parts: () => Readonly<Record<string, PartStatus>>;
  readonly accounts: () => readonly InputAccount[];
  readonly listeners: () => SelfStatus['listeners'];
  readonly spool: () => SelfStatus['spool'];
  readonly insertLagMs: () => number;
  readonly ingestRate: () => number;
  readonly activeSeries: () => number;
  readonly sampleCache: () => SelfStatus['sampleCache'];
  readonly viewers: () => number;
  readonly processes: () => readonly { readonly name: string; readonly pid: number }[];
  readonly collectors: () => readonly CollectorStatus[];
  readonly storage: () => Promise<StorageStatus>;
};
