import type { CollectedValue } from '#core/plugin/collector.ts';
import { answersOf } from './assess.ts';
import type { DnsCheckConfig } from './config.ts';
import { type DnsAnswer, decodeAnswer } from './message.ts';
import type { RecordType } from './record-types.ts';

/** Third from behind of `mname rname serial refresh retry expire minimum`. */
const SERIAL = 2;

/** The series of an answer; they need no label `check`. */
export function answerValues(answer: DnsAnswer, sizeBytes: number, asked: Pick<DnsCheckConfig, 'type'>) {
  const records = answersOf(answer, asked);
  const ttls = records.map(({ ttl }) => ttl);
  const serial = asked.type === 'SOA' ? Number(records[0]?.text.split(' ')[SERIAL] ?? Number.NaN) : Number.NaN;
  const values: CollectedValue[] = [
    { metric: 'dnscheck_response_code', value: answer.code },
    { metric: 'dnscheck_response_size_bytes', value: sizeBytes },
    { metric: 'dnscheck_answers', value: records.length },
    { metric: 'dnscheck_authoritative', value: Number(answer.isAuthoritative) },
    { metric: 'dnscheck_authenticated', value: Number(answer.isAuthenticated) },
    ...(ttls.length > 0 ? [{ metric: 'dnscheck_ttl_seconds', value: Math.min(...ttls) }] : []),
    ...(Number.isNaN(serial) ? [] : [{ metric: 'dnscheck_soa_serial', value: serial }]),
  ];
  return values;
}

const fromHex = (type: RecordType) => (text: string) => {
  const message = Buffer.from(text.replaceAll(/\s/g, ''), 'hex');
  return answerValues(decodeAnswer(message), message.length, { type });
};

/** For the golden cases: messages in hex, by the type that was asked for. */
export const parsers = { a: fromHex('A'), soa: fromHex('SOA'), mx: fromHex('MX') };
