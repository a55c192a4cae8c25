import { z } from 'zod';
import { RARE, SECRET_FORMAT } from '#core/plugin/target-options.ts';

/** How bodies are written. */
export const BODY_FORMATS = ['graphite', 'json', 'otlp-json', 'otlp-protobuf', 'influx'] as const;
export type BodyFormat = (typeof BODY_FORMATS)[number];

/** Options of the input: a queue of a broker; without a queue it is off. */
export const AmqpConfig = z.strictObject({
  url: z
    .string()
    .regex(/^(env|file):\S/, 'write env:NAME or file:PATH: the URL holds a password')
    .default('env:AMQP_URL')
    .meta({ format: SECRET_FORMAT })
    .describe(
      'Where the URL of the broker is, `amqp://user:password@host/vhost` or `amqps://…`: env:NAME or file:PATH.',
    ),
  queue: z.string().max(255).default('').describe('The queue that is consumed; empty: the input is off.'),
  exchange: z
    .string()
    .max(255)
    .default('')
    .describe('The exchange that the queue is bound to; empty: it is bound already.'),
  exchangeType: z
    .enum(['topic', 'fanout', 'direct', 'headers'])
    .default('topic')
    .meta(RARE)
    .describe('The type of the exchange where it does not exist and is declared.'),
  routingKey: z.string().max(255).default('#').describe('Which messages of the exchange come into the queue.'),
  format: z
    .enum(['auto', ...BODY_FORMATS])
    .default('auto')
    .describe('How bodies are written; `auto`: by content type, and Graphite lines where there is none.'),
  deadLetterExchange: z
    .string()
    .max(255)
    .default('')
    .describe('Where refused messages go, with the reason in their headers; empty: they are rejected.'),
  prefetch: z.number().int().min(1).max(1_000).default(50).meta(RARE).describe('Messages in hand at most.'),
  tlsCa: z
    .string()
    .min(1)
    .optional()
    .meta(RARE)
    .describe('PEM file of the authority that signed the certificate of the broker.'),
});
export type AmqpConfig = z.infer<typeof AmqpConfig>;
