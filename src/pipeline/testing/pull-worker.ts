import { setImmediate as turn } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { defineInput, type InputPlugin, type Pull } from '#core/plugin/input.ts';
import type { ThreadData } from '#pipeline/protocol.ts';
import { runIngestThread } from '#pipeline/thread/ingest-thread.ts';

const DAY_MS = 86_400_000;
const AT_ONCE = 7;

/** What the fetching input of this worker does. */
const Options = z.object({
  listen: z.string().default(''),
  /** Records that its source has, numbered. */
  records: z.number().default(0),
  /** The thread dies by a bug after each so many of them. */
  crashEvery: z.number().default(Number.POSITIVE_INFINITY),
});
type Options = z.infer<typeof Options>;

/** Reads the numbers on from where the position says; they belong to three days in turn. */
async function pullNumbers({ records, crashEvery }: Options, pull: Pull): Promise<void> {
  let next = Number(pull.positions.get('numbers')?.['next'] ?? 0);
  const crashAt = next + crashEvery;
  while (next < records && !pull.signal.aborted) {
    await pull.untilOpen();
    const end = Math.min(records, next + AT_ONCE);
    pull.take((writer, move) => {
      for (let n = next; n < end; n += 1) writer.log({ body: `${n}`, t: writer.now() - (n % 3) * DAY_MS });
      move('numbers', { next: end });
    });
    next = end;
    if (next >= crashAt) process.exit(1);
    await turn();
  }
}

const fetching = defineInput({
  title: 'Fetching',
  summary: 'An input that fetches numbers, for tests.',
  config: Options,
  start: async (options, context) => {
    if (options.records > 0) context.pull((pull) => pullNumbers(options, pull));
  },
});

const data = workerData as ThreadData;
const plugins = new Map<string, InputPlugin>(Object.keys(data.inputs).map((id) => [id, fetching]));
if (parentPort !== null) await runIngestThread(plugins, parentPort, data);
