import { readFile } from 'node:fs/promises';
import { machine, networkInterfaces } from 'node:os';
import { join } from 'node:path';
import type { CollectedValue } from '#core/plugin/collector.ts';
import type { HostConfig } from './config.ts';
import { namedNumbers } from './fields.ts';
import type { Gathered } from './gathered.ts';

/** NAME="value" lines of os-release(5). */
export function parseOsRelease(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...text.matchAll(/^([A-Z_]+)=(?:"([^"]*)"|'([^']*)'|(.*))$/gm)].map(([, name, double, single, bare]) => [
      name,
      double ?? single ?? bare ?? '',
    ]),
  );
}

/** What /proc/cpuinfo says of the processors; `physical` counts cores, not threads of cores. */
export function parseCpuInfo(text: string): { model: string; logical: number; physical: number; virtual: boolean } {
  const [, model = ''] = /^(?:model name|Model|cpu model|Hardware)\s*:\s*(.+)$/m.exec(text) ?? [];
  const logical = [...text.matchAll(/^processor\s*:/gm)].length;
  const cores = new Set(
    text.split(/\n\s*\n/).flatMap((block) => {
      const [, chip] = /^physical id\s*:\s*(\d+)/m.exec(block) ?? [];
      const [, core] = /^core id\s*:\s*(\d+)/m.exec(block) ?? [];
      return core === undefined ? [] : [`${chip} ${core}`];
    }),
  );
  const virtual = /^flags\s*:.*\bhypervisor\b/m.test(text);
  return { model: model.trim(), logical, physical: cores.size === 0 ? logical : cores.size, virtual };
}

/** The maker's word for a virtual machine, where it has one. */
const HYPERVISORS: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/vmware/i, 'vmware'],
  [/virtualbox|innotek/i, 'virtualbox'],
  [/xen/i, 'xen'],
  [/microsoft/i, 'hyper-v'],
  [/amazon/i, 'aws'],
  [/google/i, 'gce'],
  [/qemu|kvm|bochs/i, 'kvm'],
];

/** `none` on bare metal, the hypervisor's name where it tells, else `vm`. */
export function virtualisationOf(isVirtual: boolean, maker: string): string {
  if (!isVirtual) return 'none';
  return HYPERVISORS.find(([pattern]) => pattern.test(maker))?.[1] ?? 'vm';
}

/** Facts that hardly change, as the labels of `system_info` = 1, and the number of physical cores. */
export async function gatherSystemInfo({ procPath, sysPath, rootPath }: HostConfig): Promise<Gathered> {
  const os = parseOsRelease(await textOf(join(rootPath, 'etc/os-release')));
  const cpu = parseCpuInfo(await textOf(`${procPath}/cpuinfo`));
  const memory = namedNumbers(await textOf(`${procPath}/meminfo`)).get('MemTotal') ?? 0;
  const vendor = await textOf(`${sysPath}/class/dmi/id/sys_vendor`);
  const product = await textOf(`${sysPath}/class/dmi/id/product_name`);
  const maker = [vendor, product].filter((text) => text !== '').join(' ');
  const facts = {
    os_name: os['PRETTY_NAME'] ?? os['NAME'] ?? '',
    os_version: os['VERSION_ID'] ?? '',
    kernel: await textOf(`${procPath}/sys/kernel/osrelease`),
    arch: machine(),
    cpu_model: cpu.model,
    cpu_count: String(cpu.logical),
    memory_bytes: String(memory * 1_024),
    machine: maker,
    virtualisation: virtualisationOf(cpu.virtual, maker),
    address: ownAddress(),
  };
  const labels = Object.fromEntries(Object.entries(facts).filter(([, text]) => text !== ''));
  const values: CollectedValue[] = [{ metric: 'system_info', labels, value: 1 }];
  if (cpu.physical > 0) values.push({ metric: 'system_cpu_physical_count', value: cpu.physical });
  return { values, problems: [] };
}

/** The first address that is not the loopback's, IPv4 before IPv6; '' when there is none. */
function ownAddress(): string {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  const outward = addresses.filter(({ internal }) => !internal);
  return (outward.find(({ family }) => family === 'IPv4') ?? outward[0])?.address ?? '';
}

/** Without line ends and control characters; '' when the file is absent or not ours to read. */
async function textOf(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text.includes('\n') && text.trim().includes('\n') ? text : text.replace(/[\x00-\x1f\x7f]/g, ' ').trim();
}
