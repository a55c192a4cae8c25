import type { GeoLookup } from '#parsing/rules/geo-lookup.ts';
import { openMmdb } from './mmdb.ts';
import type { MmdbValue } from './mmdb-data.ts';

const MAX_REMEMBERED = 10_000;

/** Where the values of a place stand in the databases (cities, countries, networks), by the names that fields have. */
const PLACES: readonly (readonly [name: string, path: readonly (string | number)[]])[] = [
  ['continent_code', ['continent', 'code']],
  ['continent_name', ['continent', 'names', 'en']],
  ['country_iso_code', ['country', 'iso_code']],
  ['country_name', ['country', 'names', 'en']],
  ['region_iso_code', ['subdivisions', 0, 'iso_code']],
  ['region_name', ['subdivisions', 0, 'names', 'en']],
  ['city_name', ['city', 'names', 'en']],
  ['postal_code', ['postal', 'code']],
  ['timezone', ['location', 'time_zone']],
  ['asn', ['autonomous_system_number']],
  ['as_organization', ['autonomous_system_organization']],
];

/** The places of addresses by these databases; what a later one says as well is left out. Throws Error as `openMmdb`. */
export function geoLookup(databases: readonly Uint8Array[]): GeoLookup {
  const lookups = databases.map(openMmdb);
  const remembered = new Map<string, readonly string[] | undefined>();
  return (ip) => {
    if (remembered.has(ip)) return remembered.get(ip);
    const fields = new Map<string, string>();
    for (const lookup of lookups) addFields(fields, lookup(ip));
    if (remembered.size >= MAX_REMEMBERED) remembered.clear();
    const found = fields.size === 0 ? undefined : [...fields].flat();
    remembered.set(ip, found);
    return found;
  };
}

function addFields(fields: Map<string, string>, value: MmdbValue | undefined): void {
  for (const [name, path] of PLACES) {
    const found = at(value, path);
    if ((typeof found === 'string' || typeof found === 'number') && !fields.has(name)) fields.set(name, String(found));
  }
  const [latitude, longitude] = [at(value, ['location', 'latitude']), at(value, ['location', 'longitude'])];
  if (typeof latitude === 'number' && typeof longitude === 'number' && !fields.has('location'))
    fields.set('location', `${latitude},${longitude}`);
}

function at(value: MmdbValue | undefined, path: readonly (string | number)[]): MmdbValue | undefined {
  let found = value;
  for (const key of path) {
    if (typeof found !== 'object') return undefined;
    found = (found as Record<string | number, MmdbValue>)[key];
  }
  return found;
}
