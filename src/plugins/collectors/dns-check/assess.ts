import { isIPv6 } from 'node:net';
import { RE2JS } from 're2js';
import type { DnsCheckConfig } from './config.ts';
import type { DnsAnswer } from './message.ts';
import { canonicalIp6 } from './record-text.ts';
import { RECORD_TYPES, RESPONSE_CODES } from './record-types.ts';

/** What can be wrong with an answer, in the order in which it is looked at. */
export const ANSWER_FAILURES = ['code', 'answers', 'expect', 'regex', 'authoritative', 'dnssec'] as const;
type AnswerFailure = (typeof ANSWER_FAILURES)[number];

/** What an answer is, measured at the options: `ok`, or the first thing that is wrong. */
export function assessor(config: DnsCheckConfig): (answer: DnsAnswer) => 'ok' | AnswerFailure {
  const { type, exact, matches } = config;
  const expected = new Set(config.expect.map((text) => comparable(text, type)));
  const pattern = matches === undefined ? undefined : RE2JS.compile(matches);

  function answersFailure(answer: DnsAnswer): AnswerFailure | undefined {
    const texts = answersOf(answer, config).map(({ text }) => text);
    if (texts.length === 0) return 'answers';
    const got = new Set(texts.map((text) => comparable(text, type)));
    if (![...expected].every((text) => got.has(text))) return 'expect';
    if (exact && got.size !== expected.size) return 'expect';
    if (pattern !== undefined && !texts.some((text) => pattern.matcher(text).find())) return 'regex';
    return undefined;
  }

  return (answer) => {
    if (RESPONSE_CODES[answer.code] !== config.code) return 'code';
    const failure = config.code === 'NOERROR' ? answersFailure(answer) : undefined;
    if (failure !== undefined) return failure;
    if (config.authoritative && !answer.isAuthoritative) return 'authoritative';
    return config.dnssec && !answer.isAuthenticated ? 'dnssec' : 'ok';
  };
}

/** The records that were asked for, without the aliases that led to them. */
export function answersOf({ answers }: DnsAnswer, { type }: Pick<DnsCheckConfig, 'type'>): DnsAnswer['answers'] {
  return answers.filter((record) => record.type === RECORD_TYPES[type]);
}

/** Names are the same in any case and with a dot at their end, addresses in any spelling; texts only as they are. */
function comparable(text: string, type: DnsCheckConfig['type']): string {
  if (type === 'TXT') return text;
  if (isIPv6(text)) return canonicalIp6(text);
  return text.toLowerCase().replace(/\.$/, '');
}
