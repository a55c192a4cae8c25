import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { defineInput, type InputPlugin, type ReaderFactory } from '#core/plugin/input.ts';
import type { ThreadData } from '#pipeline/protocol.ts';
import { runIngestThread } from '#pipeline/thread/ingest-thread.ts';

/** Every byte is a record of one series, but `!` throws and `~` never ends: bugs in a reader, on demand. */
const faultyReader: ReaderFactory = (writer) => ({
  read: (bytes) => {
    for (const byte of bytes) {
      if (byte === 0x21) throw new Error('a bug in a reader');
      if (byte === 0x7e) for (;;) writer.position += 1;
      writer.sample(bytes, 0, 1, writer.now(), byte);
    }
    return true;
  },
  end: () => {},
});

const faulty = defineInput({
  title: 'Faulty',
  summary: 'An input with a bug, for tests.',
  config: z.object({ listen: z.string().default('127.0.0.1:0') }),
  formats: { graphite: faultyReader },
  start: ({ listen }, context) => context.listenTcp(listen, faultyReader),
});

const data = workerData as ThreadData;
const plugins = new Map<string, InputPlugin>(Object.keys(data.inputs).map((id) => [id, faulty]));
if (parentPort !== null) await runIngestThread(plugins, parentPort, data);
