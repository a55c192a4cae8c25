import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ChannelModel, ConsumeMessage } from 'amqplib';
import { messageOf } from '#core/errors.ts';
import type { InputContext, Pull } from '#core/plugin/input.ts';
import { createSecretSource } from '#io/secret-references.ts';
import type { AmqpConfig } from './config.ts';
import { Deliveries } from './deliveries.ts';
import { ensureTopology } from './topology.ts';

const FIRST_BACKOFF_MS = 500;
const MAX_BACKOFF_MS = 30_000;
const CONNECT_LIMIT_MS = 10_000;
const HEARTBEAT_S = 30;
/** A connection that has held for so long begins with short pauses again. */
const STABLE_MS = 60_000;

export type ConsumeParts = {
  readonly config: AmqpConfig;
  readonly pull: Pull;
  readonly takeBody: InputContext['takeBody'];
};

/** Consumes a queue until the inputs close, over as many connections as it takes. */
export async function consume({ config, pull, takeBody }: ConsumeParts): Promise<void> {
  const read = { records: 0, lastAt: 0 };
  pull.show(() => [{ name: config.queue, source: 'amqp', isDone: false, ...read }]);
  const onRead = (records: number): void => {
    read.records += records;
    read.lastAt = Date.now();
  };
  let backoffMs = FIRST_BACKOFF_MS;
  while (!pull.signal.aborted) {
    const since = performance.now();
    try {
      await consumeOnce({ config, pull, takeBody, onRead });
      continue;
    } catch (error) {
      if (pull.signal.aborted) return;
      pull.report(config.queue, `queue ${config.queue}: ${messageOf(error)}`);
    }
    if (performance.now() - since > STABLE_MS) backoffMs = FIRST_BACKOFF_MS;
    // Not all who lost the broker come back in the same moment.
    await sleep(backoffMs * (0.5 + Math.random() / 2), undefined, { signal: pull.signal }).catch(() => undefined);
    backoffMs = Math.min(MAX_BACKOFF_MS, backoffMs * 2);
  }
}

type OnceParts = ConsumeParts & { readonly onRead: (records: number) => void };

/** One connection; returns when the inputs close, throws when the connection or the queue is gone. */
async function consumeOnce(parts: OnceParts): Promise<void> {
  const { config, pull } = parts;
  const connection = await open(config);
  const gone = Promise.withResolvers<never>();
  gone.promise.catch(() => undefined);
  connection.on('error', (error: Error) => gone.reject(error));
  connection.on('close', () => gone.reject(new Error('the broker closed the connection')));
  try {
    await ensureTopology(connection, config);
    const channel = await connection.createConfirmChannel();
    channel.on('error', (error: Error) => gone.reject(error));
    channel.on('close', () => gone.reject(new Error('the broker closed the channel')));
    await channel.prefetch(config.prefetch);
    const deliveries = new Deliveries({ ...parts, channel, onFault: gone.reject });
    const { consumerTag } = await channel.consume(config.queue, (message: ConsumeMessage | null) => {
      if (message === null) gone.reject(new Error('the queue was deleted'));
      else deliveries.take(message);
    });
    pull.report(config.queue, undefined);
    await Promise.race([gone.promise, untilAborted(pull.signal)]);
    await channel.cancel(consumerTag);
    await deliveries.settled();
    await channel.close();
  } finally {
    await connection.close().catch(() => undefined);
  }
}

async function open(config: AmqpConfig): Promise<ChannelModel> {
  const secrets = createSecretSource(process.env, () => Promise.reject(new Error('write env:NAME or file:PATH')));
  const url = new URL(await secrets.resolve(config.url));
  if (!url.searchParams.has('heartbeat')) url.searchParams.set('heartbeat', String(HEARTBEAT_S));
  const ca = config.tlsCa === undefined ? {} : { ca: [await readFile(config.tlsCa)] };
  const { connect } = await import('amqplib');
  return connect(url.href, {
    ...ca,
    timeout: CONNECT_LIMIT_MS,
    clientProperties: { connection_name: `nocmate: ${config.queue}` },
  });
}

function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
