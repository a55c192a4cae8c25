import { defineInput } from '#core/plugin/input.ts';
import { AmqpConfig } from './config.ts';
import { consume } from './consume.ts';

export default defineInput<AmqpConfig>({
  title: 'AMQP (RabbitMQ)',
  summary:
    'Samples from a queue of a broker: Graphite lines, JSON, OTLP and Influx lines, acknowledged once they are durable.',
  config: AmqpConfig,
  start: async (config, context) => {
    if (config.queue === '') return;
    context.pull((pull) => consume({ config, pull, takeBody: context.takeBody }));
  },
});
