import { z } from 'zod';
import type { Labels } from '#core/model/labels.ts';
import type { Clock } from '#io/clock.ts';
import type { Logger } from '#io/log.ts';
import { TargetGroup } from '../config.ts';

/** Takes all that one discovery knows: the labels of each target (`__address__`, `__meta_…`, those of its group). */
export type Publish = (targets: readonly Labels[]) => void;

export type DiscoveryTools = { readonly clock: Clock; readonly logger: Logger };

/** Finds targets until the signal aborts, and publishes what it knows each time it changes. */
export type Discovery = (publish: Publish, signal: AbortSignal) => Promise<void>;

/** The labels of each target of the groups; `meta` is added to all. */
export function targetsOf(groups: readonly TargetGroup[], meta: Labels = {}): Labels[] {
  return groups.flatMap(({ targets, labels }) =>
    targets.map((address) => ({ ...labels, ...meta, __address__: address })),
  );
}

/** Checks what a file or an HTTP answer lists. Throws an error that says what is wrong. */
export function parseTargetGroups(value: unknown): readonly TargetGroup[] {
  const parsed = z.array(TargetGroup).safeParse(value ?? []);
  if (parsed.success) return parsed.data;
  throw new Error(`it is no list of {targets, labels}: ${z.prettifyError(parsed.error)}`);
}
