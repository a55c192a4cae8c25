import type { ChannelModel, ConfirmChannel } from 'amqplib';
import type { AmqpConfig } from './config.ts';

const NOT_FOUND = 404;
const DURABLE = { durable: true };

/**
 * Sees that what is consumed exists; what is missing is declared, durable. What exists is left as it is, so that a queue
 * with arguments of its own (quorum, limits) is taken as the operator made it.
 */
export async function ensureTopology(connection: ChannelModel, config: AmqpConfig): Promise<void> {
  const { queue, exchange, exchangeType, routingKey, deadLetterExchange } = config;
  const ensure = async (exists: Step, declare: Step): Promise<void> => {
    if (!(await isThere(connection, exists))) await onChannel(connection, declare);
  };
  await ensure(
    (channel) => channel.checkQueue(queue),
    (channel) => channel.assertQueue(queue, DURABLE),
  );
  if (exchange !== '') {
    await ensure(
      (channel) => channel.checkExchange(exchange),
      (channel) => channel.assertExchange(exchange, exchangeType, DURABLE),
    );
    await onChannel(connection, (channel) => channel.bindQueue(queue, exchange, routingKey));
  }
  if (deadLetterExchange === '') return;
  // With a queue of its name: what is published where nobody listens is lost.
  await ensure(
    (channel) => channel.checkExchange(deadLetterExchange),
    async (channel) => {
      await channel.assertExchange(deadLetterExchange, 'fanout', DURABLE);
      await channel.assertQueue(deadLetterExchange, DURABLE);
      await channel.bindQueue(deadLetterExchange, deadLetterExchange, '');
    },
  );
}

type Step = (channel: ConfirmChannel) => Promise<unknown>;

async function isThere(connection: ChannelModel, step: Step): Promise<boolean> {
  try {
    await onChannel(connection, step);
    return true;
  } catch (error) {
    if ((error as { code?: unknown }).code === NOT_FOUND) return false;
    throw error;
  }
}

/** On a channel of its own, which the broker closes when a step fails. */
async function onChannel(connection: ChannelModel, step: Step): Promise<void> {
  const channel = await connection.createConfirmChannel();
  // The failure of the step tells it as well.
  channel.on('error', () => undefined);
  await step(channel);
  await channel.close();
}
