import { SocketAddress } from 'node:net';
import { RECORD_TYPES } from './record-types.ts';
import type { WireReader } from './wire-reader.ts';

type Read = (data: WireReader) => string;

const numbers = (data: WireReader, count: number): number[] => Array.from({ length: count }, () => data.uint16());
const quoted = (text: string): string => `"${text}"`;

const READ: ReadonlyMap<number, Read> = new Map<number, Read>([
  [RECORD_TYPES.A, (data) => data.bytes(4).join('.')],
  [RECORD_TYPES.AAAA, (data) => ip6Text(data.bytes(16))],
  [RECORD_TYPES.NS, (data) => data.name()],
  [RECORD_TYPES.CNAME, (data) => data.name()],
  [RECORD_TYPES.PTR, (data) => data.name()],
  [RECORD_TYPES.MX, (data) => `${data.uint16()} ${data.name()}`],
  [RECORD_TYPES.SRV, (data) => `${numbers(data, 3).join(' ')} ${data.name()}`],
  [RECORD_TYPES.TXT, txt],
  [RECORD_TYPES.CAA, (data) => `${data.uint8()} ${data.text()} ${quoted(data.rest().toString('utf8'))}`],
  [RECORD_TYPES.SOA, (data) => [data.name(), data.name(), ...Array.from({ length: 5 }, () => data.uint32())].join(' ')],
  [RECORD_TYPES.DS, (data) => `${data.uint16()} ${data.uint8()} ${data.uint8()} ${data.rest().toString('hex')}`],
  [RECORD_TYPES.TLSA, (data) => `${data.uint8()} ${data.uint8()} ${data.uint8()} ${data.rest().toString('hex')}`],
  [RECORD_TYPES.DNSKEY, (data) => `${data.uint16()} ${data.uint8()} ${data.uint8()} ${data.rest().toString('base64')}`],
  [
    RECORD_TYPES.NAPTR,
    (data) =>
      [...numbers(data, 2), quoted(data.text()), quoted(data.text()), quoted(data.text()), data.name()].join(' '),
  ],
]);

/** The data of a record as zone files have it; what is not known, in hex (RFC 3597). Throws a `RangeError`. */
export function recordText(type: number, data: WireReader): string {
  return READ.get(type)?.(data) ?? data.rest().toString('hex');
}

/** All texts of a record make one: long ones are cut to fit. */
function txt(data: WireReader): string {
  let text = '';
  while (data.hasMore()) text += data.text();
  return text;
}

function ip6Text(bytes: Buffer): string {
  const groups = Array.from({ length: 8 }, (_, i) => bytes.readUInt16BE(2 * i).toString(16));
  return canonicalIp6(groups.join(':'));
}

/** An IPv6 address in its shortest spelling (RFC 5952). */
export function canonicalIp6(address: string): string {
  return new SocketAddress({ address, family: 'ipv6' }).address;
}
