import type { TargetOrigin, TriedCollection } from '#core/api/collectors.ts';
import type { CollectorStatus } from '#core/api/status.ts';

/** A target for the runner: options and settings as they are written. */
export type TargetSpec = {
  readonly collector: string;
  readonly entry: Readonly<Record<string, unknown>>;
  readonly origin: TargetOrigin;
  readonly storedId?: string;
};

/** What the feature needs of the runner; the composition root gives it. */
export type CollectorWork = {
  /** The target's name within its collector. Throws `bad_request` that names the option. */
  readonly check: (spec: TargetSpec) => string;
  /** Everything that is stored and switched on; one that is not valid any more is reported and left out. */
  readonly setStored: (specs: readonly TargetSpec[]) => void;
  /** One run; `given` are secrets by reference that are not stored. */
  readonly tryOut: (
    spec: TargetSpec,
    given: ReadonlyMap<string, string>,
    signal: AbortSignal,
  ) => Promise<TriedCollection>;
  readonly statuses: () => readonly CollectorStatus[];
  /** What runs with options as they are written, secrets as references; `name` is for people. */
  readonly users: () => readonly { readonly name: string; readonly options: unknown }[];
};
