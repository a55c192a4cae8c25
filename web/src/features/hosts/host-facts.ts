import type { HostDetail } from '#core/api/hosts.ts';
import { formatDuration } from '#web/format/duration.ts';
import { formatValue } from '#web/format/value.ts';

export type Fact = { readonly name: string; readonly value: string };

const SECOND_MS = 1_000;
const JUST_NOW_MS = 10_000;

/** What tells a host apart, in the order of interest; what is not known is left out. */
export function hostFacts({ facts, uptimeSeconds, lastSeenAt }: HostDetail, now: number): readonly Fact[] {
  const known: readonly (readonly [string, string | undefined])[] = [
    ['System', system(facts['os_name'], facts['os_version'])],
    ['Kernel', facts['kernel']],
    ['Hardware', join(', ', facts['machine'], facts['virtualisation'])],
    ['CPU', facts['cpu_model']],
    ['Cores, memory', join(', ', cores(facts['cpu_count']), memory(facts['memory_bytes']))],
    ['Architecture', facts['arch']],
    ['Address', facts['address']],
    ['Uptime', uptimeSeconds === null ? undefined : formatDuration(uptimeSeconds * SECOND_MS)],
    ['Last seen', seen(now - lastSeenAt)],
  ];
  return known.flatMap(([name, value]) => (value === undefined || value === '' ? [] : [{ name, value }]));
}

/** Many systems have their version in the name: it is not said twice. */
function system(name = '', version = ''): string {
  return name.includes(version) ? name : join(' ', name, version);
}

function join(separator: string, ...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(separator);
}

function cores(count: string | undefined): string | undefined {
  return count === undefined || count === '' ? undefined : `${count} ${count === '1' ? 'core' : 'cores'}`;
}

function memory(bytes: string | undefined): string | undefined {
  return bytes === undefined || bytes === '' ? undefined : formatValue(Number(bytes), 'bytes');
}

function seen(ageMs: number): string {
  return ageMs < JUST_NOW_MS ? 'now' : `${formatDuration(ageMs)} ago`;
}
