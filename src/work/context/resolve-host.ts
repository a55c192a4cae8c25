import { lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { CollectError } from '#core/plugin/collect-error.ts';
import type { ResolvedAddress } from '#core/plugin/target-context.ts';
import type { AddressGuard } from './address-guard.ts';
import { heeding } from './heeding.ts';

/** All addresses of a name, as `net.connect` wants them. */
export type FoundAddresses = Parameters<LookupFunction>[2] extends (
  error: never,
  addresses: infer A,
  ...rest: never[]
) => void
  ? Exclude<A, string>
  : never;

/** Every address of a host that the guard lets pass. Throws `forbidden`, and what the resolver says. */
export function addressesOf(host: string, guard: AddressGuard, signal: AbortSignal): Promise<FoundAddresses> {
  const lookup = guard.lookup ?? (systemLookup as LookupFunction);
  return heeding(signal, (resolve, reject) => {
    lookup(host, { all: true }, (error, addresses) => {
      if (error !== null) reject(error);
      else resolve(addresses as FoundAddresses);
    });
  });
}

/** The first address of a host; throws as {@link addressesOf}. */
export async function resolveHost(host: string, guard: AddressGuard, signal: AbortSignal): Promise<ResolvedAddress> {
  signal.throwIfAborted();
  guard.check(host);
  const started = performance.now();
  const [first] = await addressesOf(host, guard, signal);
  if (first === undefined) throw new CollectError('unreachable', `${host} has no address`);
  const lookup = performance.now() - started;
  const family = first.family === 6 ? 6 : 4;
  return { address: first.address, family, ...(isIP(host) === 0 ? { lookup } : {}) };
}
