import type { HostSummary } from '#core/api/hosts.ts';
import type { CollectorStatus, SelfStatus } from '#core/api/status.ts';
import { SEVERITIES, type Severity } from '#core/model/event.ts';
import { isFailing } from '#web/data/collectors.ts';
import { HOST_LIMITS, hostStatus } from '#web/data/host-status.ts';
import { worstFirst } from '#web/features/hosts/host-filter.ts';
import { formatAge } from '#web/format/duration.ts';
import { formatClock } from '#web/format/time.ts';

/** The state of everything, as one sentence in parts, each with the page that tells more. */
export type StateSentence = { readonly status: Severity; readonly parts: readonly StatePart[] };

export type StatePart = {
  readonly status: Severity;
  readonly text: string;
  readonly page: 'hosts' | 'collectors' | 'self' | undefined;
};

type Known = {
  readonly hosts: readonly HostSummary[];
  readonly collectors: readonly CollectorStatus[];
  readonly self: SelfStatus | undefined;
  /** Since when the worst host has been over its limit, ms. */
  readonly overSince?: number | undefined;
  /** The server's clock, ms. */
  readonly now: number;
};

/** Storage this far behind is told; batches take about a second by design. */
export const LAG_LIMIT_MS = 10_000;

/** Says what is wrong, the worst first; or that nothing is. */
export function stateSentence(known: Known): StateSentence {
  const parts = [...selfParts(known.self), ...hostParts(known), ...collectorParts(known.collectors)].sort(
    (a, b) => SEVERITIES.indexOf(a.status) - SEVERITIES.indexOf(b.status),
  );
  const [worst] = parts;
  if (worst !== undefined) return { status: worst.status, parts };
  const count = known.hosts.length;
  const text = count === 0 ? 'Waiting for the first host' : `All well on ${countOf(count, 'host')}`;
  return { status: 'ok', parts: [{ status: 'ok', text, page: count === 0 ? undefined : 'hosts' }] };
}

function selfParts(self: SelfStatus | undefined): StatePart[] {
  if (self === undefined) return [];
  const parts: StatePart[] = [];
  for (const [name, { state }] of Object.entries(self.health.parts)) {
    if (state === 'failed') parts.push({ status: 'critical', text: `${name} has failed`, page: 'self' });
    if (state === 'degraded') parts.push({ status: 'major', text: `${name} is degraded`, page: 'self' });
  }
  if (self.insertLagMs > LAG_LIMIT_MS) {
    parts.push({ status: 'major', text: `storage is ${formatAge(self.insertLagMs)} behind`, page: 'self' });
  }
  return parts;
}

function hostParts({ hosts, now, overSince }: Known): StatePart[] {
  const silent = hosts.filter(({ lastSeenAt }) => now - lastSeenAt > HOST_LIMITS.silentMs);
  const rest = worstFirst(hosts, now).filter((host) => !silent.includes(host) && hostStatus(host, now).status !== 'ok');
  const parts: StatePart[] = [];
  if (silent.length > 0) parts.push({ status: 'critical', text: silenceOf(silent), page: 'hosts' });
  const [worst, ...more] = rest;
  if (worst === undefined) return parts;
  const { status } = hostStatus(worst, now);
  const others = more.length === 0 ? '' : `, and ${countOf(more.length, 'more host')} over limits or late`;
  parts.push({ status, text: troubleOf(worst, now, overSince) + others, page: 'hosts' });
  return parts;
}

/** What, where, since when: `CPU at 97 % on web-1 since 09:12, limit 85 %`. */
function troubleOf(host: HostSummary, now: number, overSince: number | undefined): string {
  const { word, resource } = hostStatus(host, now);
  if (resource === undefined) return `nothing from ${host.host} since ${clock(host.lastSeenAt)}`;
  const since = overSince === undefined ? '' : ` since ${clock(overSince)}`;
  const figure = word.slice(resource.length + 1);
  return `${resource} at ${figure} on ${host.host}${since}, limit ${HOST_LIMITS.busy * 100} %`;
}

function collectorParts(collectors: readonly CollectorStatus[]): StatePart[] {
  const failing = collectors.filter(isFailing);
  const [only] = failing;
  if (only === undefined) return [];
  const since = only.lastSuccessAt > 0 ? ` since ${clock(only.lastSuccessAt)}` : '';
  const text =
    failing.length === 1
      ? `collector ${only.plugin} on ${only.target} fails${since}`
      : `${failing.length} collectors fail, ${only.plugin} on ${only.target} first`;
  return [{ status: 'warning', text, page: 'collectors' }];
}

function silenceOf(hosts: readonly HostSummary[]): string {
  const last = Math.max(...hosts.map(({ lastSeenAt }) => lastSeenAt));
  const [only] = hosts;
  const who = hosts.length === 1 && only !== undefined ? `${only.host} is` : `${hosts.length} hosts are`;
  return `${who} silent since ${clock(last)}`;
}

function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function clock(ms: number): string {
  return formatClock(ms, { seconds: false });
}
