import type { PatternChange, PatternEdits, PatternMergeRequest } from '#core/api/log-patterns.ts';
import { AppError } from '#core/errors.ts';

/** What a pattern is now. */
export type CurrentId = (id: string) => string;

/** The edits after a change of one pattern. */
export function changed(edits: PatternEdits, id: string, change: PatternChange): PatternEdits {
  const { name, pinned, muted, splitAt } = change;
  return {
    ...edits,
    names: name === undefined ? edits.names : withValue(edits.names, id, name === '' ? undefined : name),
    splits: splitAt === undefined ? edits.splits : withValue(edits.splits, id, splitAt ?? undefined),
    pins: pinned === undefined ? edits.pins : withMember(edits.pins, id, pinned),
    mutes: muted === undefined ? edits.mutes : withMember(edits.mutes, id, muted),
  };
}

/** The edits after some patterns were merged into one. Throws `bad_request` when there is nothing to merge. */
export function mergedInto(
  edits: PatternEdits,
  { ids, into }: PatternMergeRequest,
  currentId: CurrentId,
): PatternEdits {
  const target = currentId(into);
  const sources = new Set(ids.map(currentId));
  sources.delete(target);
  if (sources.size === 0) throw new AppError('bad_request', 'these are one pattern already: select another one');
  return { ...edits, merges: { ...edits.merges, ...Object.fromEntries([...sources].map((id) => [id, target])) } };
}

/** The edits after a pattern was taken out of the one it was merged into. Throws `not_found`. */
export function separated(edits: PatternEdits, id: string): PatternEdits {
  if (edits.merges[id] === undefined)
    throw new AppError('not_found', `the pattern ${id} is not merged into another one`);
  return { ...edits, merges: withValue<string>(edits.merges, id, undefined) };
}

function withValue<Value>(record: Readonly<Record<string, Value>>, key: string, value: Value | undefined) {
  const others = Object.entries(record).filter(([name]) => name !== key);
  return Object.fromEntries(value === undefined ? others : [...others, [key, value]]) as Record<string, Value>;
}

const withMember = (list: readonly string[], id: string, isMember: boolean): string[] => [
  ...list.filter((one) => one !== id),
  ...(isMember ? [id] : []),
];
