import { setTimeout as sleep } from 'node:timers/promises';
import type { ConfirmChannel, ConsumeMessage } from 'amqplib';
import { AppError, messageOf } from '#core/errors.ts';
import type { InputContext, Pull, PulledBody, WriteAnswer } from '#core/plugin/input.ts';
import type { AmqpConfig } from './config.ts';
import { bodyOf } from './message-body.ts';

export type DeliveryParts = {
  readonly config: AmqpConfig;
  readonly pull: Pull;
  readonly takeBody: InputContext['takeBody'];
  readonly channel: ConfirmChannel;
  readonly onRead: (records: number) => void;
  /** A message could not be settled: it comes again on another channel. */
  readonly onFault: (error: unknown) => void;
};

/** What became of a message: undefined = it stays with the broker, because the inputs close. */
type Outcome = { readonly refusal?: string; readonly accepted: number; readonly rejected: number } | undefined;

const RETRY_MS = 1_000;
const MAX_REASON_LENGTH = 500;

/** The messages in hand of one channel. Each is acknowledged once its records are durable, and in no other case but refusal. */
export class Deliveries {
  readonly #parts: DeliveryParts;
  readonly #inHand = new Set<Promise<void>>();

  constructor(parts: DeliveryParts) {
    this.#parts = parts;
  }

  take(message: ConsumeMessage): void {
    const handled = this.#handle(message)
      .catch(this.#parts.onFault)
      .finally(() => this.#inHand.delete(handled));
    this.#inHand.add(handled);
  }

  /** Resolves when no message is in hand. */
  async settled(): Promise<void> {
    await Promise.all(this.#inHand);
  }

  async #handle(message: ConsumeMessage): Promise<void> {
    const { channel } = this.#parts;
    const outcome = await this.#store(message);
    if (outcome === undefined) return;
    if (outcome.refusal === undefined) return channel.ack(message);
    if (this.#parts.config.deadLetterExchange === '') return channel.nack(message, false, false);
    await this.#deadLetter(message, outcome);
    channel.ack(message);
  }

  async #store({ content, properties, fields }: ConsumeMessage): Promise<Outcome> {
    const { config, pull, onRead } = this.#parts;
    const told = { contentType: textOf(properties.contentType), contentEncoding: textOf(properties.contentEncoding) };
    const read = await bodyOf({ content, routingKey: fields.routingKey, ...told }, config.format);
    if ('refusal' in read) {
      await pull.untilOpen();
      if (pull.signal.aborted) return undefined;
      return this.#refuse(read.refusal);
    }
    const answer = await this.#untilTaken(read.body);
    if (answer === undefined) return undefined;
    if (typeof answer === 'string') return this.#refuse(answer);
    onRead(answer.accepted);
    return outcomeOf(answer);
  }

  /** A message of which nothing can be read is one refused record. */
  #refuse(refusal: string): Outcome {
    this.#parts.pull.take((writer) => writer.reject('bad_frame', refusal));
    return { refusal, accepted: 0, rejected: 1 };
  }

  /** While there is no room for records the message waits, and with it, by the prefetch, those behind it. */
  async #untilTaken(body: PulledBody): Promise<WriteAnswer | string | undefined> {
    const { pull, takeBody } = this.#parts;
    for (;;) {
      await pull.untilOpen();
      if (pull.signal.aborted) return undefined;
      try {
        const answer = await takeBody(body);
        if (!answer.rejected.some(({ reason }) => reason === 'disk_full' || reason === 'spool_full')) return answer;
      } catch (error) {
        const isRoom = error instanceof AppError && (error.code === 'disk_full' || error.code === 'unavailable');
        if (!isRoom) return messageOf(error);
      }
      await sleep(RETRY_MS, undefined, { signal: pull.signal }).catch(() => undefined);
    }
  }

  /** Resolves when the broker has the message there. */
  async #deadLetter(message: ConsumeMessage, outcome: NonNullable<Outcome>): Promise<void> {
    const { channel, config } = this.#parts;
    const { properties, fields, content } = message;
    const published = Promise.withResolvers<void>();
    const headers = {
      ...properties.headers,
      'x-nocmate-reason': outcome.refusal,
      'x-nocmate-accepted': outcome.accepted,
      'x-nocmate-rejected': outcome.rejected,
      'x-nocmate-queue': config.queue,
      'x-nocmate-exchange': fields.exchange,
    };
    const { contentType, contentEncoding, messageId, timestamp, type, appId } = properties;
    const kept = { contentType, contentEncoding, messageId, timestamp, type, appId };
    channel.publish(
      config.deadLetterExchange,
      fields.routingKey,
      content,
      { ...definedOf(kept), headers, persistent: true },
      (error: unknown) => (error ? published.reject(error as Error) : published.resolve()),
    );
    await published.promise;
  }
}

/** Some records of a body may be refused while the others are stored: the message is then refused as well, and says so. */
function outcomeOf({ accepted, rejectedTotal, rejected }: WriteAnswer): Outcome {
  if (rejectedTotal === 0) return { accepted, rejected: 0 };
  const shown = rejected
    .slice(0, 5)
    .map(({ line, reason, detail = '' }) => `record ${line}: ${reason} ${detail}`.trim());
  return { refusal: shown.join('; ').slice(0, MAX_REASON_LENGTH), accepted, rejected: rejectedTotal };
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const definedOf = (fields: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
