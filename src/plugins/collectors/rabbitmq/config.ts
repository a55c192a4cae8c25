import { z } from 'zod';
import { HTTP_OPTIONS, RARE, urlOption } from '#core/plugin/target-options.ts';

/** Options of a target: the management API of a broker. */
export const RabbitmqConfig = z.strictObject({
  url: urlOption('URL of the management, like http://mq-1:15672.'),
  ...HTTP_OPTIONS,
  queues: z
    .string()
    .max(500)
    .default('')
    .describe('Only queues whose names match this regular expression, which the broker applies; empty: all.'),
  maxQueues: z
    .number()
    .int()
    .min(0)
    .max(5_000)
    .default(500)
    .meta(RARE)
    .describe('Most queues with series of their own, the first by name; the others stand in the sums of the vhosts.'),
});
export type RabbitmqConfig = z.infer<typeof RabbitmqConfig>;

/** What is read of each queue: the rest is long, and costs the broker. */
const QUEUE_COLUMNS = [
  ...['name', 'vhost', 'state', 'consumers', 'consumer_utilisation', 'consumer_capacity', 'memory'],
  ...['messages_ready', 'messages_unacknowledged', 'message_bytes', 'message_stats'],
];
const EXCHANGE_COLUMNS = ['name', 'vhost', 'message_stats'];
/** As many as the broker gives on a page. */
const MOST_ON_A_PAGE = 500;

/** The address of a part of the API. */
export const apiUrl = ({ url }: RabbitmqConfig, path: string): string =>
  `${url.replace(/\/(api\/?)?$/, '')}/api/${path}`;

/** A page of queues in the order of their names, and how many are on it at most. */
export function queuesPath({ queues, maxQueues }: RabbitmqConfig, page: number): string {
  const size = Math.min(MOST_ON_A_PAGE, maxQueues);
  const filter = queues === '' ? '' : `&name=${encodeURIComponent(queues)}&use_regex=true`;
  return `queues?page=${page}&page_size=${size}&sort=name${filter}&columns=${QUEUE_COLUMNS.join(',')}`;
}

/** How many pages are asked for at most. */
export const pagesOf = ({ maxQueues }: RabbitmqConfig): number => Math.ceil(maxQueues / MOST_ON_A_PAGE);

/** The exchanges. */
export const EXCHANGES_PATH = `exchanges?columns=${EXCHANGE_COLUMNS.join(',')}`;
