import { isJsonObject } from '#core/log-fields/parse-json.ts';
import type { CollectedState, CollectedValue, Collection } from '#core/plugin/collector.ts';
import { type JsonObject, jsonAnswer, jsonFigures, jsonText } from '#core/plugin/json-answer.ts';
import { type Names, valuesOfMeans } from './means.ts';
import { HOST_STATES, POWER_STATES } from './metrics.ts';
import { parseRrdUpdates } from './rrd.ts';

/** Records of a class by their references. */
export type Records = ReadonlyMap<string, JsonObject>;
/** What there is in a pool. */
export type Pool = { readonly hosts: Records; readonly vms: Records; readonly srs: Records };

const SR_BEGIN = 8;
const WHAT = 'answer of XAPI';

/** Records of the result of `get_all_records`. */
export function recordsOf(result: unknown): Records {
  const entries = isJsonObject(result) ? Object.entries(result) : [];
  return new Map(entries.filter((entry): entry is [string, Record<string, unknown>] => isJsonObject(entry[1])));
}

/** Virtual machines that can run: no templates and no snapshots. */
export function machinesOf(records: Records): Records {
  const isMachine = (vm: JsonObject): boolean => vm['is_a_template'] !== true && vm['is_a_snapshot'] !== true;
  return new Map([...records].filter(([, vm]) => isMachine(vm)));
}

/** What the records say: hosts, virtual machines and where they run, storage repositories. */
export function collectionOfPool({ hosts, vms, srs }: Pool): Collection {
  return {
    values: [
      ...[...hosts.values()].flatMap(valuesOfHost),
      ...[...vms.values()].flatMap((vm) => valuesOfMachine(vm, hosts)),
      ...[...srs.values()].flatMap(valuesOfRepository),
    ],
    states: [...[...hosts.values()].map(stateOfHost), ...[...vms.values()].flatMap(stateOfMachine)],
  };
}

/** Names of what stands in the data of the hosts; a virtual machine that has just gone has none. */
export function namesOf({ hosts, vms, srs }: Pool): Names {
  const byUuid = (records: Records): ReadonlyMap<string, JsonObject> =>
    new Map([...records.values()].map((record) => [jsonText(record, 'uuid'), record]));
  const [hostOf, vmOf] = [byUuid(hosts), byUuid(vms)];
  const repositories = new Map([...srs.values()].map((sr) => [jsonText(sr, 'uuid').slice(0, SR_BEGIN), sr]));
  return {
    host: (uuid) => ({ xen_host: nameOf(hostOf.get(uuid)) || uuid }),
    vm: (uuid) => {
      const vm = vmOf.get(uuid);
      return vm === undefined ? undefined : labelsOfMachine(vm);
    },
    sr: (begin) => {
      const sr = repositories.get(begin);
      return sr === undefined ? { sr: begin, sr_uuid: begin } : { sr: nameOf(sr), sr_uuid: jsonText(sr, 'uuid') };
    },
  };
}

const NOTHING: Pool = { hosts: new Map(), vms: new Map(), srs: new Map() };
const readRecords = (text: string): Records => recordsOf(jsonAnswer(text, WHAT));

/** For the golden cases: records by class, and the data of a host whose names nobody has told. */
export const parsers = {
  hosts: (text: string): Collection => collectionOfPool({ ...NOTHING, hosts: readRecords(text) }),
  machines: (text: string): Collection => collectionOfPool({ ...NOTHING, vms: machinesOf(readRecords(text)) }),
  repositories: (text: string): Collection => collectionOfPool({ ...NOTHING, srs: readRecords(text) }),
  updates: (text: string): readonly CollectedValue[] =>
    valuesOfMeans(parseRrdUpdates(text).means, {
      host: (uuid) => ({ xen_host: uuid }),
      vm: (uuid) => ({ vm: '', vm_uuid: uuid }),
      sr: (begin) => ({ sr: begin, sr_uuid: begin }),
    }),
};

const nameOf = (record: JsonObject | undefined): string => (record === undefined ? '' : jsonText(record, 'name_label'));

const labelsOfMachine = (vm: JsonObject) => ({ vm: nameOf(vm), vm_uuid: jsonText(vm, 'uuid') });

function valuesOfHost(host: JsonObject): CollectedValue[] {
  const labels = { xen_host: nameOf(host) };
  const residents = host['resident_VMs'];
  const info = {
    ...labels,
    xen_host_uuid: jsonText(host, 'uuid'),
    product: jsonText(host, 'software_version.product_brand'),
    product_version: jsonText(host, 'software_version.product_version'),
  };
  return [
    { metric: 'xen_host_info', labels: info, value: 1 },
    ...(Array.isArray(residents) ? [{ metric: 'xen_host_vms', labels, value: residents.length }] : []),
  ];
}

function stateOfHost(host: JsonObject): CollectedState {
  const state = host['enabled'] === true ? HOST_STATES[0] : HOST_STATES[1];
  return { metric: 'xen_host_state', labels: { xen_host: nameOf(host) }, state };
}

function valuesOfMachine(vm: JsonObject, hosts: Records): CollectedValue[] {
  const labels = labelsOfMachine(vm);
  const host = hosts.get(jsonText(vm, 'resident_on'));
  const place = { ...labels, xen_host: nameOf(host) };
  return [
    ...jsonFigures(vm, [['VCPUs_at_startup', 'xen_vm_vcpus']], labels),
    ...(host === undefined ? [] : [{ metric: 'xen_vm_on_host', labels: place, value: 1 }]),
  ];
}

function stateOfMachine(vm: JsonObject): CollectedState[] {
  const state = POWER_STATES.find((known) => known === jsonText(vm, 'power_state').toLowerCase());
  return state === undefined ? [] : [{ metric: 'xen_vm_power_state', labels: labelsOfMachine(vm), state }];
}

/** Repositories without a size (CD drives) have none. */
function valuesOfRepository(sr: JsonObject): CollectedValue[] {
  const labels = { sr: nameOf(sr), sr_uuid: jsonText(sr, 'uuid'), type: jsonText(sr, 'type') };
  const values = jsonFigures(
    sr,
    [
      ['physical_utilisation', 'xen_sr_usage_bytes'],
      ['physical_size', 'xen_sr_limit_bytes'],
      ['virtual_allocation', 'xen_sr_allocated_bytes'],
    ],
    labels,
  );
  return Number(sr['physical_size']) > 0 ? values : [];
}
