import { parentPort, workerData } from 'node:worker_threads';
import { giveBackStartMemory } from '#io/give-back-memory.ts';
import type { ThreadData } from '#pipeline/protocol.ts';
import { runIngestThread } from '#pipeline/thread/ingest-thread.ts';
import { scanPlugins } from './scan-plugins.ts';

/** Entry of the ingest thread: finds the input plugins by their folders and hands them to the pipeline. */
if (parentPort !== null) {
  await runIngestThread(await scanPlugins('inputs'), parentPort, workerData as ThreadData);
  giveBackStartMemory();
}
