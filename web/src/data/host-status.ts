import type { HostSummary } from '#core/api/hosts.ts';
import type { Severity } from '#core/model/event.ts';

/** Where figures of a host start to matter: ratios 0..1, silence in ms. */
export const HOST_LIMITS = { busy: 0.85, full: 0.95, lateMs: 90_000, silentMs: 300_000 } as const;

/** What a host can run out of. */
export type Resource = 'CPU' | 'Memory' | 'Disk';

/** `resource` is there when that one is over its limit. */
export type HostStatus = { readonly status: Severity; readonly word: string; readonly resource?: Resource };

/** What a host's row says: silence first, then the fullest resource. */
export function hostStatus(host: HostSummary, now: number): HostStatus {
  const age = now - host.lastSeenAt;
  if (age > HOST_LIMITS.silentMs) return { status: 'critical', word: 'Silent' };
  if (age > HOST_LIMITS.lateMs) return { status: 'warning', word: 'Late' };
  const worst = worstResource(host);
  if (worst === undefined || worst.ratio < HOST_LIMITS.busy) return { status: 'ok', word: 'OK' };
  const word = `${worst.name} ${Math.round(worst.ratio * 100)} %`;
  return { status: worst.ratio < HOST_LIMITS.full ? 'warning' : 'critical', word, resource: worst.name };
}

/** True when nothing has come from the host for longer than its collectors should need. */
export function isSilent(host: HostSummary, now: number): boolean {
  return now - host.lastSeenAt > HOST_LIMITS.lateMs;
}

type Known = { readonly name: Resource; readonly ratio: number };

function worstResource({ diskRatio, memoryRatio, cpuRatio }: HostSummary): Known | undefined {
  const all: readonly { readonly name: Resource; readonly ratio: number | null }[] = [
    { name: 'Disk', ratio: diskRatio },
    { name: 'Memory', ratio: memoryRatio },
    { name: 'CPU', ratio: cpuRatio },
  ];
  const known = all.filter((entry): entry is Known => entry.ratio !== null);
  return known.reduce<Known | undefined>(
    (worst, entry) => (worst === undefined || entry.ratio > worst.ratio ? entry : worst),
    undefined,
  );
}
