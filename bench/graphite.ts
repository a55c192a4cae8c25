/**
 * `/render` against graphite-web over whisper, the same data in the same run: one series over 24 h, 1,000 over 1 h, 100
 * over 24 h through five nested functions.
 * `node bench/graphite.ts [rounds]`; needs Debian's graphite-web and graphite-carbon.
 */
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { finished } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { Product } from '../test/product/product.ts';
import { startGraphiteWeb } from './graphite-web.ts';
import { report, timed } from './query-timing.ts';

const [rounds = 30] = process.argv.slice(2).map(Number);
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const FLEET = 1000;
const NESTED = 100;
const FIVE = 'aliasByNode(scale(offset(integral(keepLastValue(bench.longs.*.load)),10),2),2)';
/** Seconds; all samples lie at or before this minute. */
const end = Math.floor(Date.now() / 1000 / MINUTE) * MINUTE - MINUTE;

type Rendered = { readonly target: string; readonly datapoints: readonly (readonly [number | null, number])[] };
type Target = {
  readonly name: string;
  readonly graphitePort: number;
  /** The answer's text. */
  readonly render: (question: Asked) => Promise<string>;
  readonly stop: () => Promise<unknown>;
};

const QUESTIONS = [
  { name: 'one series, 24 h at 60 s', target: 'bench.long.minutely', span: 24 * HOUR, points: 1440 },
  { name: 'sum of one series, 24 h', target: 'sumSeries(bench.long.*)', span: 24 * HOUR, points: 1440 },
  { name: '1,000 series, 1 h at 10 s', target: 'bench.fleet.*.load', span: HOUR, points: FLEET * 360 },
  { name: 'sum of 1,000 series, 1 h', target: 'sumSeries(bench.fleet.*.load)', span: HOUR, points: 360 },
  { name: '100 series, 24 h, five functions', target: FIVE, span: 24 * HOUR, points: NESTED * 1440 },
  {
    name: 'the same for 1,000 points each',
    target: FIVE,
    span: 24 * HOUR,
    points: NESTED * 720,
    extra: { maxDataPoints: '1000' },
  },
] as const;

async function main(): Promise<void> {
  const packages = ['graphite-web', 'graphite-carbon', 'python3-whisper'];
  const versions = execFileSync('dpkg-query', ['-W', '-f', '${Package} ${Version}, ', ...packages]).toString();
  console.log(`${new Date().toISOString()} node ${process.version}, ${versions}${rounds} rounds`);
  const ours = await measure(await nocmate());
  const theirs = await measure(await graphiteWeb(join(folder, 'graphite')));
  for (const [i, { name }] of QUESTIONS.entries()) {
    const [mine, other] = [ours[i], theirs[i]];
    if (mine === undefined || other === undefined) throw new Error('a question has no answer');
    if (mine.sum !== other.sum) throw new Error(`${name}: the answers differ: ${mine.sum} and ${other.sum}`);
    console.log(`ratio nocmate / graphite-web, ${name}: ${(mine.median / other.median).toFixed(2)}`);
  }
}

async function nocmate(): Promise<Target> {
  const product = await Product.start({ data: join(folder, 'nocmate') });
  const { port } = await product.listener('graphite-plaintext');
  return {
    name: 'nocmate',
    graphitePort: port,
    render: async (question) => (await product.request(path(question))).text(),
    stop: () => product.stop(),
  };
}

async function graphiteWeb(at: string): Promise<Target> {
  const { base, graphitePort, stop } = await startGraphiteWeb(at);
  const render = (question: Asked): Promise<string> => plainGet(base + path(question));
  return { name: 'graphite-web', graphitePort, render, stop };
}

/** The peer answers in HTTP/1.0 and closes, which the built-in fetch does not survive in large answers. */
async function plainGet(url: string): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  get(url, { agent: false }, resolve).once('error', reject);
  return text(await promise);
}

type Asked = { readonly target: string; readonly span: number; readonly extra?: Readonly<Record<string, string>> };

function path({ target, span, extra }: Asked): string {
  const range = { from: String(end - span), until: String(end) };
  return `/render?${new URLSearchParams({ target, ...range, format: 'json', noCache: '1', ...extra }).toString()}`;
}

type Measured = { readonly median: number; readonly sum: number };

async function measure(target: Target): Promise<Measured[]> {
  try {
    await send(target.graphitePort);
    const out: Measured[] = [];
    for (const question of QUESTIONS) {
      const ask = () => target.render(question);
      while (known(await ask()).length < question.points) await sleep(500);
      const sum = known(await ask()).reduce((total, value) => total + value, 0);
      out.push({ sum, median: report(`${target.name}: ${question.name}`, await timed(rounds, ask)) });
    }
    return out;
  } finally {
    await target.stop();
  }
}

/** The values of an answer. */
function known(answer: string): number[] {
  if (!answer.startsWith('[')) return [];
  const list = JSON.parse(answer) as Rendered[];
  return list.flatMap(({ datapoints }) => datapoints.flatMap(([value]) => value ?? []));
}

/** Whole numbers, so that sums are the same in any order. */
async function send(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  for (let t = end - 24 * HOUR; t <= end; t += 10) {
    let lines = t % MINUTE === 0 ? `bench.long.minutely ${t % 977} ${t}\n` : '';
    if (t % MINUTE === 0) {
      for (let host = 0; host < NESTED; host += 1) lines += `bench.longs.host${host}.load ${(t + host) % 100} ${t}\n`;
    }
    if (t >= end - HOUR) {
      for (let host = 0; host < FLEET; host += 1) lines += `bench.fleet.host${host}.load ${(t + host) % 100} ${t}\n`;
    }
    if (lines !== '' && !socket.write(lines)) await new Promise((resolve) => socket.once('drain', resolve));
  }
  socket.end();
  socket.resume();
  await finished(socket);
}

const folder = await mkdtemp(join(tmpdir(), 'nocmate-bench-graphite-'));
try {
  await main();
} finally {
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}
