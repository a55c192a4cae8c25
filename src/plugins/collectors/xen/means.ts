import type { CollectedValue } from '#core/plugin/collector.ts';
import type { RrdMean } from './rrd.ts';

type Labels = Readonly<Record<string, string>>;
/** Which labels a host, a virtual machine or a storage repository (by the begin of its uuid) has. */
export type Names = {
  readonly host: (uuid: string) => Labels;
  readonly vm: (uuid: string) => Labels | undefined;
  readonly sr: (begin: string) => Labels;
};

type Reading = { readonly metric: string; readonly labels?: Labels; readonly factor?: number };
type Rule = readonly [pattern: RegExp, read: (found: readonly string[], names: Names) => Reading];

const KIB = 1_024;
const MIB = 1_048_576;
const US = 1e-6;
/** Of the control domain's interfaces and storage repositories, received is what comes to the host. */
const DIRECTIONS: Labels = { rx: 'received', tx: 'sent', read: 'read', write: 'write' };
const direction = (word = ''): Labels => ({ direction: DIRECTIONS[word] ?? word });

const HOST_RULES: readonly Rule[] = [
  [/^cpu_avg$/, () => ({ metric: 'xen_host_cpu_ratio' })],
  [/^loadavg$/, () => ({ metric: 'xen_host_load' })],
  [/^memory_(total|free)_kib$/, ([, what]) => ({ metric: `xen_host_memory_${what}_bytes`, factor: KIB })],
  [
    /^pif_(?!aggr)(.+)_(rx|tx)$/,
    ([, device = '', way]) => ({ metric: 'xen_host_network_bytes_per_second', labels: { device, ...direction(way) } }),
  ],
  [
    /^pif_(?!aggr)(.+)_(rx|tx)_errors$/,
    ([, device = '', way]) => ({ metric: 'xen_host_network_errors', labels: { device, ...direction(way) } }),
  ],
  [/^pool_task_count$/, () => ({ metric: 'xen_host_tasks' })],
  [/^pool_session_count$/, () => ({ metric: 'xen_host_sessions' })],
  [/^xapi_memory_usage_kib$/, () => ({ metric: 'xen_host_xapi_memory_bytes', factor: KIB })],
  [/^xapi_open_fds$/, () => ({ metric: 'xen_host_xapi_open_files' })],
  [
    /^io_throughput_(read|write)_([0-9a-f]{8})$/,
    ([, way, sr = ''], names) => ({
      ...{ metric: 'xen_host_storage_bytes_per_second', factor: MIB },
      labels: { ...names.sr(sr), ...direction(way) },
    }),
  ],
  [
    /^iops_(read|write)_([0-9a-f]{8})$/,
    ([, way, sr = ''], names) => ({
      metric: 'xen_host_storage_operations',
      labels: { ...names.sr(sr), ...direction(way) },
    }),
  ],
  [
    /^(read|write)_latency_([0-9a-f]{8})$/,
    ([, way, sr = ''], names) => ({
      ...{ metric: 'xen_host_storage_latency_seconds', factor: US },
      labels: { ...names.sr(sr), ...direction(way) },
    }),
  ],
  [/^iowait_([0-9a-f]{8})$/, ([, sr = ''], names) => ({ metric: 'xen_host_storage_wait_ratio', labels: names.sr(sr) })],
];

const VM_RULES: readonly Rule[] = [
  [/^memory$/, () => ({ metric: 'xen_vm_memory_bytes' })],
  [/^memory_target$/, () => ({ metric: 'xen_vm_memory_target_bytes' })],
  [/^memory_internal_free$/, () => ({ metric: 'xen_vm_memory_free_bytes', factor: KIB })],
  [
    /^vif_(\d+)_(rx|tx)$/,
    ([, device = '', way]) => ({ metric: 'xen_vm_network_bytes_per_second', labels: { device, ...direction(way) } }),
  ],
  [
    /^vbd_(\w+?)_(read|write)$/,
    ([, device = '', way]) => ({ metric: 'xen_vm_disk_bytes_per_second', labels: { device, ...direction(way) } }),
  ],
  [
    /^vbd_(\w+?)_iops_(read|write)$/,
    ([, device = '', way]) => ({ metric: 'xen_vm_disk_operations', labels: { device, ...direction(way) } }),
  ],
  [
    /^vbd_(\w+?)_(read|write)_latency$/,
    ([, device = '', way]) => ({
      ...{ metric: 'xen_vm_disk_latency_seconds', factor: US },
      labels: { device, ...direction(way) },
    }),
  ],
];
/** Rules that are more exact stand first. */
const BY_KIND = { host: HOST_RULES, vm: VM_RULES.toReversed() };

/** Values of the means of a host and of the virtual machines on it; what nobody asked for is left out. */
export function valuesOfMeans(means: readonly RrdMean[], names: Names): CollectedValue[] {
  const values = means.flatMap((mean): CollectedValue[] => {
    const whose = mean.kind === 'host' ? names.host(mean.uuid) : names.vm(mean.uuid);
    const reading = readingOf(mean, names);
    if (whose === undefined || reading === undefined) return [];
    const { metric, labels = {}, factor = 1 } = reading;
    return [{ metric, labels: { ...whose, ...labels }, value: mean.value * factor }];
  });
  return [...values, ...processors(means, names)];
}

function readingOf({ kind, name }: RrdMean, names: Names): Reading | undefined {
  for (const [pattern, read] of BY_KIND[kind]) {
    const found = pattern.exec(name);
    if (found !== null) return read(found, names);
  }
  return undefined;
}

/** The mean of the virtual processors (`cpu0`, `cpu1`) of each virtual machine. */
function processors(means: readonly RrdMean[], names: Names): CollectedValue[] {
  const own = means.filter(({ kind, name }) => kind === 'vm' && /^cpu\d+$/.test(name));
  return [...Map.groupBy(own, ({ uuid }) => uuid)].flatMap(([uuid, cpus]) => {
    const labels = names.vm(uuid);
    const value = cpus.reduce((sum, cpu) => sum + cpu.value, 0) / cpus.length;
    return labels === undefined ? [] : [{ metric: 'xen_vm_cpu_ratio', labels, value }];
  });
}
