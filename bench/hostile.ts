/**
 * The API's event loop while hostile queries of each language run: p99 before, and the worst p99 under them (each over the
 * last 10 to 20 s), with how long the slowest other request had to wait. `node bench/hostile.ts [promql|graphite|sql|logs]`
 */
import { loadavg } from 'node:os';
import { Product } from '#test/product/product.ts';
import {
  fillHostile,
  GRAPHITE,
  type Hostile,
  PROMQL,
  PUT_HOSTILE,
  REFUSED_LOGS,
  SLOW_EXPRESSIONS,
  SQL,
} from '#test/scenarios/hostile-list.ts';

type Kind = keyof typeof PUT_HOSTILE;

const GOAL_MS = 100;
/** The figure of the loop looks back so far at most. */
const WINDOW_MS = 21_000;
const ASK_EVERY_MS = 10;
const QUERIES: Readonly<Record<Kind, readonly Hostile[]>> = {
  promql: PROMQL,
  graphite: GRAPHITE,
  sql: SQL,
  logs: [...REFUSED_LOGS, ...SLOW_EXPRESSIONS.map((text): Hostile => [text, `/${text}/`])],
};

const asked = process.argv[2];
const now = Math.floor(Date.now() / 1000);
const product = await Product.start();

async function quiet(): Promise<number> {
  const end = (await product.self()).health.uptimeMs + WINDOW_MS;
  await product.until(async () => (await product.self()).health.uptimeMs > end);
  return (await product.self()).eventLoopP99Ms;
}

/** The longest that the smallest of all requests waits until the signal. */
async function slowestAnswer(signal: AbortSignal): Promise<number> {
  let slowest = 0;
  while (!signal.aborted) {
    const start = performance.now();
    await (await fetch(`${product.base}/api/health`)).arrayBuffer();
    slowest = Math.max(slowest, performance.now() - start);
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
  }
  return slowest;
}

async function measure(kind: Kind): Promise<void> {
  const before = await quiet();
  let worst = 0;
  for (const query of QUERIES[kind]) {
    const ended = new AbortController();
    const slowest = slowestAnswer(ended.signal);
    const start = performance.now();
    await (await PUT_HOSTILE[kind](product, query, now)).arrayBuffer();
    const seconds = (performance.now() - start) / 1_000;
    ended.abort();
    const waited = Math.round(await slowest);
    worst = Math.max(worst, (await product.self()).eventLoopP99Ms);
    console.log(`  ${query[0]}: ${seconds.toFixed(1)} s; another request waited ${waited} ms at most`);
  }
  const verdict = worst <= GOAL_MS ? 'reached' : 'missed';
  console.log(
    `${kind}: p99 of the loop ${before.toFixed(0)} → at most ${worst.toFixed(0)} ms, goal ${GOAL_MS} ms: ${verdict}`,
  );
}

try {
  await fillHostile(product, now);
  console.log(
    `load ${loadavg()
      .map((load) => load.toFixed(1))
      .join(' ')}`,
  );
  for (const kind of Object.keys(QUERIES) as Kind[]) if (asked === undefined || asked === kind) await measure(kind);
} finally {
  await product.remove();
}
