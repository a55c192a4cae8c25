import { recordText } from './record-text.ts';
import { RECORD_TYPES, type RecordType } from './record-types.ts';
import { WireReader } from './wire-reader.ts';

/** A question: the name as it goes over the wire (ASCII), and what is asked of it. */
export type Question = {
  readonly id: number;
  readonly name: string;
  readonly type: RecordType;
  /** Asks the server to ask others. */
  readonly isRecursive: boolean;
  /** Asks for signatures, and to be told whether they were checked. */
  readonly wantsDnssec: boolean;
};

/** A record of an answer; names in lower case without a dot at the end. */
export type DnsRecord = {
  readonly name: string;
  readonly type: number;
  /** Seconds. */
  readonly ttl: number;
  /** As zone files have it: `10 mail.test`. */
  readonly text: string;
};

export type DnsAnswer = {
  readonly code: number;
  readonly isAuthoritative: boolean;
  readonly isTruncated: boolean;
  /** The server says that it has checked the signatures (AD, RFC 4035 §3.2.3). */
  readonly isAuthenticated: boolean;
  readonly answers: readonly DnsRecord[];
};

const HEADER_BYTES = 12;
const CLASS_IN = 1;
/** RFC 6891 §6.1; the size that passes everywhere (DNS flag day 2020). */
const EDNS = { type: 41, payloadBytes: 1_232, dnssecOk: 0x80_00 } as const;
const FLAGS = { response: 0x80_00, authoritative: 0x04_00, truncated: 0x02_00, recursive: 0x01_00, authentic: 0x00_20 };

/** A query (RFC 1035 §4.1) with EDNS. Throws for a name that cannot be one. */
export function encodeQuestion({ id, name, type, isRecursive, wantsDnssec }: Question): Buffer {
  const labels = name
    .replace(/\.$/, '')
    .split('.')
    .filter((label) => label !== '');
  const encoded = labels.map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label, 'latin1')]));
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt16BE(id, 0);
  header.writeUInt16BE((isRecursive ? FLAGS.recursive : 0) | (wantsDnssec ? FLAGS.authentic : 0), 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(1, 10);
  const asked = Buffer.alloc(5);
  asked.writeUInt16BE(RECORD_TYPES[type], 1);
  asked.writeUInt16BE(CLASS_IN, 3);
  const options = Buffer.alloc(11);
  options.writeUInt16BE(EDNS.type, 1);
  options.writeUInt16BE(EDNS.payloadBytes, 3);
  options.writeUInt16BE(wantsDnssec ? EDNS.dnssecOk : 0, 7);
  return Buffer.concat([header, ...encoded, asked, options]);
}

/** True when a message is the answer to the question: same number, same name. */
export function isAnswerTo({ id, name }: Question, message: Buffer): boolean {
  if (message.length < HEADER_BYTES || message.readUInt16BE(0) !== id) return false;
  if ((message.readUInt16BE(2) & FLAGS.response) === 0) return false;
  // Servers that cannot read a question do not repeat it.
  if (message.readUInt16BE(4) === 0) return true;
  try {
    return new WireReader(message, HEADER_BYTES).name() === name.replace(/\.$/, '').toLowerCase();
  } catch {
    return false;
  }
}

/** Reads an answer (RFC 1035 §4.1). Throws a `RangeError` for what is none. */
export function decodeAnswer(message: Buffer): DnsAnswer {
  const reader = new WireReader(message, 0);
  reader.uint16();
  const flags = reader.uint16();
  if ((flags & FLAGS.response) === 0) throw new RangeError('it is no answer');
  const [questions, answers] = [reader.uint16(), reader.uint16()];
  reader.skip(4);
  for (let i = 0; i < questions; i++) {
    reader.name();
    reader.skip(4);
  }
  return {
    code: flags & 0x0f,
    isAuthoritative: (flags & FLAGS.authoritative) !== 0,
    isTruncated: (flags & FLAGS.truncated) !== 0,
    isAuthenticated: (flags & FLAGS.authentic) !== 0,
    answers: Array.from({ length: answers }, () => decodeRecord(reader)),
  };
}

function decodeRecord(reader: WireReader): DnsRecord {
  const name = reader.name();
  const type = reader.uint16();
  reader.skip(2);
  const ttl = reader.uint32();
  const data = reader.block(reader.uint16());
  return { name, type, ttl, text: recordText(type, data) };
}
