import { attemptPart } from '#core/plugin/attempt-part.ts';
import type { Collection, CollectionProblem } from '#core/plugin/collector.ts';
import { EXCHANGES_PATH, pagesOf, queuesPath, type RabbitmqConfig } from './config.ts';
import * as read from './parse.ts';

/** Asks the API for a path. */
type Get = (path: string) => Promise<string>;

type Reading = { readonly config: RabbitmqConfig; readonly get: Get; readonly startOf: ReturnType<typeof startClock> };

/** Most exchanges with series of their own, two each. */
const MOST_EXCHANGE_VALUES = 2_000;

/**
 * One reading of a broker. What an old release does not have, or its user may not see, is told as a part that failed; what
 * cannot be reached, refuses the login or is no RabbitMQ fails as a whole.
 */
export async function collectRabbitmq({ config, get, startOf }: Reading): Promise<Collection> {
  const parts: Collection[] = [read.parseOverview(await get('overview'))];
  const problems: CollectionProblem[] = [];
  const take = (part: string, run: () => Promise<readonly Collection[]>): Promise<void> =>
    attemptPart(part, problems, async () => void parts.push(...(await run())));
  const nodes = await get('nodes');
  parts.push(read.parseNodes(nodes));
  await take('vhosts', async () => [read.parseVhosts(await get('vhosts'))]);
  await take('exchanges', async () => [exchanges(await get(EXCHANGES_PATH), problems)]);
  await take('queues', () => queues(config, get, problems));
  const startedAt = startOf(read.runOf(nodes));
  return {
    values: parts.flatMap(({ values }) => values),
    states: parts.flatMap(({ states = [] }) => states),
    problems,
    ...(startedAt === undefined ? {} : { startedAt }),
  };
}

function exchanges(text: string, problems: CollectionProblem[]): Collection {
  const { values } = read.parseExchanges(text);
  if (values.length <= MOST_EXCHANGE_VALUES) return { values };
  const message = `there are more than ${MOST_EXCHANGE_VALUES / 2} exchanges in use: only the first have series`;
  problems.push({ part: 'exchanges', message });
  return { values: values.slice(0, MOST_EXCHANGE_VALUES) };
}

async function queues(config: RabbitmqConfig, get: Get, problems: CollectionProblem[]): Promise<Collection[]> {
  const parts: Collection[] = [];
  let room = config.maxQueues;
  for (let page = 1, last = pagesOf(config); page <= last; page += 1) {
    const part = read.parseQueues(await get(queuesPath(config, page)), room);
    parts.push(part);
    room -= part.taken;
    last = Math.min(last, part.pages);
    if (page === 1 && part.count > config.maxQueues) {
      const message = `of ${part.count} queues the first ${config.maxQueues} by name have series of their own`;
      problems.push({ part: 'queues', message });
    }
  }
  return parts;
}

/**
 * From readings of a run to when it began: a reading may be some seconds old, so that the start is as early as any of them
 * says, until one is of another process or less than the one before.
 */
export function startClock(now = Date.now): (run: read.NodeRun | undefined) => number | undefined {
  let last: read.NodeRun | undefined;
  let startedAt = Number.POSITIVE_INFINITY;
  return (run) => {
    if (run === undefined) return undefined;
    const said = now() - run.uptimeMs;
    const isAnother = last !== undefined && (run.pid !== last.pid || run.uptimeMs < last.uptimeMs);
    startedAt = isAnother ? said : Math.min(startedAt, said);
    last = run;
    return startedAt;
  };
}
