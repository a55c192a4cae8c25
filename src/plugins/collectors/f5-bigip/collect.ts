import { CollectError } from '#core/plugin/collect-error.ts';
import type { Collection, CollectionProblem } from '#core/plugin/collector.ts';
import * as read from './parse.ts';
import { joinParts, type Part } from './parse.ts';
import { parseAnswer } from './stat-rows.ts';

/** Asks the device for a path. */
type Get = (path: string) => Promise<string>;

const PAGE = 100;
const MOST_PAGES = 100;
const RECORD_TYPES = ['a', 'aaaa', 'cname', 'mx', 'naptr', 'srv'];

/**
 * One reading of a BIG-IP, one request after the other: its REST worker shares a processor with the control plane. A
 * part that fails is told; what cannot be reached, or refuses the login, fails as a whole.
 */
export async function collectBigIp(get: Get): Promise<Collection> {
  const parts: Part[] = [];
  const problems: CollectionProblem[] = [];
  const take = async (part: string, run: () => Promise<readonly Part[]>): Promise<void> => {
    try {
      parts.push(...(await run()));
    } catch (error) {
      if (!(error instanceof CollectError) || error.kind === 'unreachable' || error.kind === 'auth') throw error;
      problems.push({ part, message: error.message });
    }
  };
  const modules = namesOf(await get('/mgmt/tm/sys/provision'));
  await take('device', () => device(get));
  if (modules.has('ltm') || modules.size === 0) await take('ltm', () => localTraffic(get));
  if (modules.has('gtm')) await take('gtm', () => globalTraffic(get));
  return { ...joinParts(parts), problems };
}

async function device(get: Get): Promise<Part[]> {
  return [
    read.parseFailover(await get('/mgmt/tm/cm/failover-status')),
    read.parseSync(await get('/mgmt/tm/cm/sync-status')),
    read.parseMemory(await get('/mgmt/tm/sys/memory')),
    read.parseTmm(await get('/mgmt/tm/sys/tmm-info')),
  ];
}

async function localTraffic(get: Get): Promise<Part[]> {
  const pools = read.parsePools(await get('/mgmt/tm/ltm/pool/stats'));
  const parts = [pools, read.parseVirtualServers(await get('/mgmt/tm/ltm/virtual/stats'))];
  parts.push(read.parseNodes(await get('/mgmt/tm/ltm/node/stats')));
  const names = new Set(pools.states.map(({ labels }) => labels?.['pool'] ?? ''));
  for (const name of names) parts.push(read.parseMembers(await get(`/mgmt/tm/ltm/pool/${inUrl(name)}/members/stats`)));
  return parts;
}

async function globalTraffic(get: Get): Promise<Part[]> {
  const parts: Part[] = [];
  for (const type of RECORD_TYPES) {
    for (const name of await itemsOf(get, `/mgmt/tm/gtm/wideip/${type}`)) {
      parts.push(read.parseWideIp(await get(`/mgmt/tm/gtm/wideip/${type}/${inUrl(name)}/stats`)));
    }
    for (const name of await itemsOf(get, `/mgmt/tm/gtm/pool/${type}`)) {
      const pool = `/mgmt/tm/gtm/pool/${type}/${inUrl(name)}`;
      parts.push(
        read.parseGtmPool(await get(`${pool}/stats`)),
        read.parseGtmMembers(await get(`${pool}/members/stats`)),
      );
    }
  }
  return parts;
}

async function itemsOf(get: Get, path: string): Promise<string[]> {
  const names: string[] = [];
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const items = listOf(await get(`${path}?$skip=${page * PAGE}&$top=${PAGE}`));
    names.push(...items.map(({ fullPath, name }) => String(fullPath ?? name ?? '')));
    if (items.length < PAGE) break;
  }
  return names;
}

type Item = { readonly name?: unknown; readonly fullPath?: unknown; readonly level?: unknown };

function listOf(text: string): readonly Item[] {
  const { items } = parseAnswer(text) as { items?: readonly Item[] };
  return items ?? [];
}

/** Modules that are provisioned. */
function namesOf(text: string): ReadonlySet<string> {
  return new Set(listOf(text).flatMap(({ name, level }) => (level === 'none' ? [] : [String(name)])));
}

/** `/Common/pool` stands in URLs as `~Common~pool`; `%`, of route domains, is escaped. */
const inUrl = (name: string): string => encodeURIComponent(name.replaceAll('/', '~'));
