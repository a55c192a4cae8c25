import type { HostSummary } from '#core/api/hosts.ts';
import type { Matcher } from '#core/metric-query/query.ts';
import { SEVERITIES } from '#core/model/event.ts';
import { labelTest } from '#web/app/scope/label-test.ts';
import { hostStatus } from '#web/data/host-status.ts';

/** Hosts whose name holds all words typed and which the scope's matchers on `host` let through. */
export function filterHosts(
  hosts: readonly HostSummary[],
  typed: string,
  matchers: readonly Matcher[],
): readonly HostSummary[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const tests = matchers.filter(({ label }) => label === 'host').map(labelTest);
  return hosts.filter(({ host }) => {
    const name = host.toLowerCase();
    return words.every((word) => name.includes(word)) && tests.every((test) => test(host));
  });
}

/** Hosts by how grave their status is, then by the fullest resource, then by name. */
export function worstFirst(hosts: readonly HostSummary[], now: number): readonly HostSummary[] {
  return hosts
    .map((host) => ({ host, rank: SEVERITIES.indexOf(hostStatus(host, now).status) }))
    .sort((a, b) => a.rank - b.rank || fullest(b.host) - fullest(a.host) || byName(a.host, b.host))
    .map(({ host }) => host);
}

function fullest({ cpuRatio, memoryRatio, diskRatio }: HostSummary): number {
  const ratio = Math.max(cpuRatio ?? 0, memoryRatio ?? 0, diskRatio ?? 0);
  return Math.round(ratio * 20);
}

function byName(a: HostSummary, b: HostSummary): number {
  return a.host.localeCompare(b.host, 'en', { numeric: true });
}
