type Json = string | number | boolean | readonly Json[] | { readonly [key: string]: Json };
type Side = number | { readonly data: number };

/** A MaxMind DB of IPv4 networks (`81.2.69.0/24`), after its file format specification 2.0; `recordBits`: 24, 28 or 32. */
export function writeMmdb(
  networks: Readonly<Record<string, Json>>,
  recordBits: 24 | 28 | 32 = 24,
  ipVersion = 4,
): Buffer {
  const nodes: [Side | undefined, Side | undefined][] = [[undefined, undefined]];
  const data: Buffer[] = [];
  let offset = 0;
  for (const [network, value] of Object.entries(networks)) {
    const encoded = encode(value);
    insert(nodes, bitsOf(network, ipVersion), { data: offset });
    data.push(encoded);
    offset += encoded.length;
  }
  const record = (side: Side | undefined): number => {
    if (side === undefined) return nodes.length;
    return typeof side === 'number' ? side : nodes.length + 16 + side.data;
  };
  const tree = nodes.map(([left, right]) => node(record(left), record(right), recordBits));
  const about = { node_count: nodes.length, record_size: recordBits, ip_version: ipVersion };
  const metadata = encode({ ...about, binary_format_major_version: 2, database_type: 'test' });
  const mark = Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1');
  return Buffer.concat([...tree, Buffer.alloc(16), ...data, mark, metadata]);
}

function bitsOf(network: string, ipVersion: number): string {
  const [ip = '', length = '32'] = network.split('/');
  const bits = ip.split('.').map((part) => Number(part).toString(2).padStart(8, '0'));
  return (ipVersion === 6 ? '0'.repeat(96) : '') + bits.join('').slice(0, Number(length));
}

function insert(nodes: [Side | undefined, Side | undefined][], bits: string, leaf: Side): void {
  let at = 0;
  for (const [i, bit] of [...bits].entries()) {
    const pair = nodes[at] ?? [undefined, undefined];
    const side = Number(bit) as 0 | 1;
    if (i === bits.length - 1) pair[side] = leaf;
    else {
      const known = pair[side];
      const next = typeof known === 'number' ? known : nodes.push([undefined, undefined]) - 1;
      pair[side] = next;
      at = next;
    }
  }
}

function node(left: number, right: number, recordBits: 24 | 28 | 32): Buffer {
  const bytes = Buffer.alloc((recordBits * 2) / 8);
  if (recordBits === 32) bytes.writeUInt32BE(right, bytes.writeUInt32BE(left, 0));
  else if (recordBits === 24) bytes.writeUIntBE(right, bytes.writeUIntBE(left, 0, 3), 3);
  else {
    bytes.writeUIntBE(left % 2 ** 24, 0, 3);
    bytes.writeUInt8((Math.floor(left / 2 ** 24) << 4) | Math.floor(right / 2 ** 24), 3);
    bytes.writeUIntBE(right % 2 ** 24, 4, 3);
  }
  return bytes;
}

function encode(value: Json): Buffer {
  if (typeof value === 'string') return Buffer.concat([control(2, Buffer.byteLength(value)), Buffer.from(value)]);
  if (typeof value === 'boolean') return control(14, value ? 1 : 0);
  if (typeof value === 'number') {
    const bytes = Buffer.alloc(Number.isInteger(value) ? 4 : 8);
    if (Number.isInteger(value)) bytes.writeUInt32BE(value);
    else bytes.writeDoubleBE(value);
    return Buffer.concat([control(bytes.length === 4 ? 6 : 3, bytes.length), bytes]);
  }
  if (Array.isArray(value)) return Buffer.concat([control(11, value.length), ...(value as Json[]).map(encode)]);
  const entries = Object.entries(value);
  return Buffer.concat([control(7, entries.length), ...entries.flatMap(([key, one]) => [encode(key), encode(one)])]);
}

function control(type: number, size: number): Buffer {
  const length = size < 29 ? [] : size < 285 ? [size - 29] : [(size - 285) >> 8, (size - 285) & 255];
  const short = size < 29 ? size : size < 285 ? 29 : 30;
  return type < 8 ? Buffer.from([(type << 5) | short, ...length]) : Buffer.from([short, type - 7, ...length]);
}
