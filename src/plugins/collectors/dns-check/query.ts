import { randomInt } from 'node:crypto';
import { CollectError } from '#core/plugin/collect-error.ts';
import type { ProbedConnection, ProbeTool } from '#core/plugin/target-context.ts';
import { addressOf, type DnsCheckConfig, wireName } from './config.ts';
import { type DnsAnswer, decodeAnswer, encodeQuestion, isAnswerTo, type Question } from './message.ts';

export type Queried = {
  readonly answer: DnsAnswer;
  readonly sizeBytes: number;
  readonly queryMs: number;
  readonly timings: Partial<ProbedConnection['timings']>;
};

const REPEAT_MS = 2_000;

/** A new question of the options. */
export function newQuestion({ question, type, recursive, dnssec }: DnsCheckConfig): Question {
  return { id: randomInt(65_536), name: wireName(question) ?? '', type, isRecursive: recursive, wantsDnssec: dnssec };
}

/** Asks by UDP; lost datagrams are sent again. Throws `CollectError`. */
export async function queryByUdp(probe: ProbeTool, config: DnsCheckConfig, signal: AbortSignal): Promise<Queried> {
  const question = newQuestion(config);
  const { message, lookup, sentAt, receivedAt } = await probe.ask(addressOf(config), encodeQuestion(question), {
    ...{ signal, repeatMs: REPEAT_MS, isAnswer: (candidate) => isAnswerTo(question, candidate) },
  });
  const timings = lookup === undefined ? {} : { lookup };
  return { answer: decoded(message), sizeBytes: message.length, queryMs: receivedAt - sentAt, timings };
}

/** Asks by TCP (RFC 7766). Throws `CollectError`. */
export async function queryByTcp(probe: ProbeTool, config: DnsCheckConfig, signal: AbortSignal): Promise<Queried> {
  const address = addressOf(config);
  const connection = await probe.open(address, { signal });
  try {
    const talk = probe.talk(connection, address);
    const question = newQuestion(config);
    const message = encodeQuestion(question);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(message.length);
    const started = performance.now();
    talk.write(Buffer.concat([length, message]));
    const answer = await talk.readBytes((await talk.readBytes(2, signal)).readUInt16BE(), signal);
    if (!isAnswerTo(question, answer)) throw new CollectError('protocol', 'what came is no answer to the question');
    const queryMs = performance.now() - started;
    return { answer: decoded(answer), sizeBytes: answer.length, queryMs, timings: connection.timings };
  } finally {
    connection.socket.destroy();
  }
}

function decoded(message: Buffer): DnsAnswer {
  try {
    return decodeAnswer(message);
  } catch (error) {
    throw new CollectError('protocol', 'what came is no message of DNS', { cause: error });
  }
}
