import { lookup as resolve } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { CollectError } from '#core/plugin/collect-error.ts';

/** Decides which addresses a target may lead to. */
export type AddressGuard = {
  /** Throws `forbidden` for an address that is refused; names are looked at when they are resolved. */
  readonly check: (host: string) => void;
  /** Resolves names and refuses what they lead to; undefined: the system's own way. */
  readonly lookup: LookupFunction | undefined;
  /** Throws `forbidden` where sockets and files of the file system are not for this target. */
  readonly checkPath: (path: string) => void;
  /** Throws `forbidden` where programs that a target names do not run. */
  readonly checkProgram: (program: string) => void;
};

/** For targets that the operator of the host has written: everything is allowed. */
export const openGuard: AddressGuard = {
  ...{ check: () => undefined, lookup: undefined },
  ...{ checkPath: () => undefined, checkProgram: () => undefined },
};

/** For targets of the page: no metadata services of clouds, no multicast, nothing unspecified, no sockets of files, no programs. */
export function closedGuard(): AddressGuard {
  const refused = refusedAddresses();
  const isRefused = (address: string): boolean => refused.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
  const lookup: LookupFunction = (hostname, options, callback) =>
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, []);
      const bad = addresses.find(({ address }) => isRefused(address));
      if (bad !== undefined) return callback(forbidden(`${hostname} (${bad.address})`), []);
      if (options.all === true) return callback(null, addresses);
      const [first] = addresses;
      callback(null, first?.address ?? '', first?.family);
    });
  return {
    check: (host) => {
      if (isIP(host) !== 0 && isRefused(host)) throw forbidden(host);
    },
    lookup,
    checkPath: (path) => {
      throw forbidden(path);
    },
    checkProgram: (program) => {
      throw forbidden(`to run ${program}`);
    },
  };
}

function forbidden(what: string): CollectError {
  const message = `${what} is not allowed for targets of the page: write the target in nocmate.yaml`;
  return new CollectError('forbidden', message);
}

function refusedAddresses(): BlockList {
  const list = new BlockList();
  list.addSubnet('0.0.0.0', 8, 'ipv4');
  list.addSubnet('169.254.0.0', 16, 'ipv4');
  list.addSubnet('224.0.0.0', 3, 'ipv4');
  // Metadata services of clouds that are not link-local.
  list.addAddress('100.100.100.200', 'ipv4');
  list.addAddress('192.0.0.192', 'ipv4');
  list.addAddress('fd00:ec2::254', 'ipv6');
  list.addAddress('::', 'ipv6');
  list.addSubnet('fe80::', 10, 'ipv6');
  list.addSubnet('ff00::', 8, 'ipv6');
  return list;
}
