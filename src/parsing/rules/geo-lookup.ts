import type { LogFields } from '#core/model/log-record.ts';

/** Where an address lies, as names below `geo.` (`country_iso_code`, `city_name` …) and values in turn; undefined when unknown. */
export type GeoLookup = (ip: string) => LogFields | undefined;
