import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { LineSplitter } from '#core/bytes/line-splitter.ts';
import { defineInput, type ReaderFactory } from '#core/plugin/input.ts';
import type { ThreadData } from '#pipeline/protocol.ts';
import { runIngestThread } from '#pipeline/thread/ingest-thread.ts';

/** The ingest thread of the benchmark: lines over TCP, each a log record, parsed as in the product. */
const lines: ReaderFactory = (writer, { maxLineBytes }) =>
  new LineReader(
    new LineSplitter(maxLineBytes, {
      line: (bytes, from, to) => writer.log({ source: 'bench', body: bytes.subarray(from, to) }),
      tooLong: () => writer.reject('too_long'),
    }),
  );

class LineReader {
  readonly #splitter: LineSplitter;

  constructor(splitter: LineSplitter) {
    this.#splitter = splitter;
  }

  read(bytes: Uint8Array): boolean {
    this.#splitter.read(bytes);
    return true;
  }

  end(): void {
    this.#splitter.end();
  }
}

const plugin = defineInput({
  title: 'Lines',
  summary: 'Log lines over TCP.',
  config: z.object({ listen: z.string().default('127.0.0.1:0') }),
  start: ({ listen }, context) => context.listenTcp(listen, lines),
});

if (parentPort !== null) await runIngestThread(new Map([['lines', plugin]]), parentPort, workerData as ThreadData);
