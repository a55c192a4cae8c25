import { z } from 'zod';
import { addressOption, parseAddress } from '#core/plugin/target-options.ts';
import type { HostPort } from '#core/units/listen-address.ts';

const MEMCACHED_PORT = 11_211;

/** Options of a target. */
export const MemcachedConfig = z.strictObject({ address: addressOption(MEMCACHED_PORT) });
export type MemcachedConfig = z.infer<typeof MemcachedConfig>;

/** Host and port of a target. */
export function addressOf({ address }: MemcachedConfig): HostPort {
  const parsed = parseAddress(address, MEMCACHED_PORT);
  if (parsed === undefined) throw new Error(`${address} has passed the schema and is no address`);
  return parsed;
}
