import { createSocket } from 'node:dgram';
import { once } from 'node:events';

/** One record that the server answers with: `rdata` as on the wire. */
export type DnsRecord = { readonly type: 1 | 28 | 33; readonly rdata: Buffer };

/** A name server on a free port of loopback (RFC 1035), for the records of each `name type`. */
export type DnsServer = { readonly address: string; readonly close: () => void };

/** Records of type A from dotted addresses. */
export const ipv4 = (address: string): DnsRecord => ({ type: 1, rdata: Buffer.from(address.split('.').map(Number)) });

/** A record of type SRV. */
export function srv(port: number, target: string): DnsRecord {
  const head = Buffer.alloc(6);
  head.writeUInt16BE(port, 4);
  return { type: 33, rdata: Buffer.concat([head, wireName(target)]) };
}

/** Starts the server; names without records do not exist. */
export async function startDnsServer(records: (name: string) => readonly DnsRecord[]): Promise<DnsServer> {
  const socket = createSocket('udp4');
  socket.on('message', (query, from) => socket.send(answerTo(query, records), from.port, from.address));
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return { address: `127.0.0.1:${socket.address().port}`, close: () => socket.close() };
}

function answerTo(query: Buffer, records: (name: string) => readonly DnsRecord[]): Buffer {
  const labels: string[] = [];
  let at = 12;
  for (let length = query.readUInt8(at); length > 0; length = query.readUInt8(at)) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += length + 1;
  }
  const question = query.subarray(12, at + 5);
  const type = query.readUInt16BE(at + 1);
  const found = records(labels.join('.')).filter((record) => record.type === type);
  const head = Buffer.alloc(12);
  head.writeUInt16BE(query.readUInt16BE(0), 0);
  head.writeUInt16BE(found.length > 0 ? 0x8180 : 0x8183, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(found.length, 6);
  return Buffer.concat([head, question, ...found.map(wireRecord)]);
}

function wireRecord({ type, rdata }: DnsRecord): Buffer {
  const head = Buffer.alloc(12);
  // A pointer to the name of the question.
  head.writeUInt16BE(0xc00c, 0);
  head.writeUInt16BE(type, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt32BE(1, 6);
  head.writeUInt16BE(rdata.length, 10);
  return Buffer.concat([head, rdata]);
}

function wireName(name: string): Buffer {
  const labels = name.split('.').map((label) => Buffer.concat([Buffer.of(label.length), Buffer.from(label)]));
  return Buffer.concat([...labels, Buffer.of(0)]);
}
