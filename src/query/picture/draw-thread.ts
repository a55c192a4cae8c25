import { parentPort } from 'node:worker_threads';
import { AppError, messageOf } from '#core/errors.ts';
import { drawChart, drawPie } from './draw.ts';
import type { DrawAnswer, DrawRequest } from './painter.ts';

/** The thread of a painter: draws what it is sent, one after the other. */
parentPort?.on('message', (request: DrawRequest) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread, not a window
  void answer(request).then((message) => parentPort?.postMessage(message));
});

async function answer({ ticket, job }: DrawRequest): Promise<DrawAnswer> {
  try {
    return { ticket, svg: await (job.kind === 'chart' ? drawChart(job.spec) : drawPie(job.spec)) };
  } catch (error) {
    const code = error instanceof AppError ? error.code : 'internal';
    return { ticket, error: { code, message: messageOf(error) } };
  }
}
