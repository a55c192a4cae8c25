import type { HostSummary } from '#core/api/hosts.ts';
import type { Severity } from '#core/model/event.ts';

/** Where figures of a host start to matter: ratios 0..1, silence in ms. */
export const HOST_LIMITS = { busy: 0.85, full: 0.95, lateMs: 90_000, silentMs: 300_000 } as const;

export type HostStatus = { readonly status: Severity; readonly word: string };

/** What a host's row says: silence first, then the fullest resource. */
export function hostStatus(host: HostSummary, now: number): HostStatus {
  const age = now - host.lastSeenAt;
  if (age > HOST_LIMITS.silentMs) return { status: 'critical', word: 'Silent' };
  if (age > HOST_LIMITS.lateMs) return { status: 'warning', word: 'Late' };
  const worst = worstResource(host);
  if (worst === undefined || worst.ratio < HOST_LIMITS.busy) return { status: 'ok', word: 'OK' };
  const word = `${worst.name} ${Math.round(worst.ratio * 100)} %`;
  return { status: worst.ratio < HOST_LIMITS.full ? 'warning' : 'critical', word };
}

/** True when nothing has come from the host for longer than its collectors should need. */
export function isSilent(host: HostSummary, now: number): boolean {
  return now - host.lastSeenAt > HOST_LIMITS.lateMs;
}

function worstResource({ diskRatio, memoryRatio, cpuRatio }: HostSummary): { name: string; ratio: number } | undefined {
  const known = [
    { name: 'Disk', ratio: diskRatio },
    { name: 'Memory', ratio: memoryRatio },
    { name: 'CPU', ratio: cpuRatio },
  ].filter((entry): entry is { name: string; ratio: number } => entry.ratio !== null);
  return known.reduce<(typeof known)[number] | undefined>(
    (worst, entry) => (worst === undefined || entry.ratio > worst.ratio ? entry : worst),
    undefined,
  );
}
