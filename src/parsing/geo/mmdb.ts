import { parseIp } from '#parsing/rules/networks.ts';
import { MmdbData, type MmdbValue } from './mmdb-data.ts';

const MARK = Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1');
const SEPARATOR_BYTES = 16;

type Tree = { readonly nodes: number; readonly recordBits: number; readonly isV6: boolean };

/**
 * Opens a MaxMind DB (the file format of GeoLite2, DB-IP, IPinfo): the value of the narrowest network that holds an
 * address, undefined where there is none. Throws Error for bytes that are no such file.
 */
export function openMmdb(file: Uint8Array): (ip: string) => MmdbValue | undefined {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const tree = readMetadata(bytes);
  const treeBytes = (tree.nodes * tree.recordBits * 2) / 8;
  const data = new MmdbData(bytes.subarray(treeBytes + SEPARATOR_BYTES));
  const branch = branchReader(bytes, tree);
  return (ip) => {
    const address = parseIp(ip);
    if (address === undefined || (address.width === 128 && !tree.isV6)) return undefined;
    const width = tree.isV6 ? 128 : 32;
    let node = 0;
    for (let bit = width - 1; bit >= 0 && node < tree.nodes; bit -= 1) {
      node = branch(node, Number((address.bits >> BigInt(bit)) & 1n));
    }
    return node > tree.nodes ? data.read(node - tree.nodes - SEPARATOR_BYTES) : undefined;
  };
}

function readMetadata(bytes: Buffer): Tree {
  const mark = bytes.lastIndexOf(MARK);
  if (mark < 0) throw new Error('this is no MaxMind DB file (.mmdb)');
  const found = new MmdbData(bytes.subarray(mark + MARK.length)).read(0);
  const metadata = typeof found === 'object' ? (found as Record<string, MmdbValue>) : {};
  const nodes = Number(metadata['node_count']);
  const recordBits = Number(metadata['record_size']);
  const major = Number(metadata['binary_format_major_version']);
  const isKnown = major === 2 && [24, 28, 32].includes(recordBits);
  if (!isKnown || !(nodes >= 0) || (nodes * recordBits * 2) / 8 > mark)
    throw new Error(`format ${major} with records of ${recordBits} bits and ${nodes} nodes is not known`);
  return { nodes, recordBits, isV6: Number(metadata['ip_version']) === 6 };
}

/** The record of a side (0, 1) of a node. */
function branchReader(bytes: Buffer, { recordBits }: Tree): (node: number, side: number) => number {
  switch (recordBits) {
    case 24:
      return (node, side) => bytes.readUIntBE(node * 6 + side * 3, 3);
    case 28:
      return (node, side) => {
        const at = node * 7;
        const middle = bytes.readUInt8(at + 3);
        const high = side === 0 ? middle >> 4 : middle & 15;
        return high * 2 ** 24 + bytes.readUIntBE(at + side * 4, 3);
      };
    default:
      return (node, side) => bytes.readUInt32BE(node * 8 + side * 4);
  }
}
