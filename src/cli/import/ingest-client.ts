import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { AppError, messageOf } from '#core/errors.ts';
import { REJECT_REASONS, type WriteAnswer } from '#core/plugin/input.ts';

/** Where samples are sent. */
export type IngestTarget = { readonly url: string; readonly token: string | undefined };

const Answer = z.object({
  accepted: z.number(),
  rejectedTotal: z.number(),
  rejected: z.array(z.object({ line: z.number(), reason: z.enum(REJECT_REASONS), detail: z.string().optional() })),
});
/** Waits between attempts at a server that is away or busy, ms. */
const PAUSES_MS = [500, 1_000, 2_000, 4_000, 8_000];
const BUSY = [429, 502, 503, 504, 507];

/**
 * Posts one body; resolves when what was accepted is durable. A server that is busy or away is asked again for some
 * seconds. Throws `unavailable`, `unauthenticated`, or `bad_request` with what the server said.
 */
export async function sendBody(target: IngestTarget, path: string, body: Uint8Array): Promise<WriteAnswer> {
  for (const pauseMs of [...PAUSES_MS, undefined]) {
    const response = await attempt(target, path, body);
    if (typeof response !== 'string' && !BUSY.includes(response.status)) return answerOf(response);
    if (pauseMs !== undefined) await wait(pauseMs);
    else throw new AppError('unavailable', typeof response === 'string' ? response : await problemOf(response));
  }
  throw new AppError('internal', 'no attempt was made');
}

/** The answer, or why there was none. */
async function attempt({ url, token }: IngestTarget, path: string, body: Uint8Array): Promise<Response | string> {
  const headers = {
    'content-type': 'application/octet-stream',
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
  try {
    return await fetch(new URL(path, url), { method: 'POST', headers, body: Buffer.from(body) });
  } catch (error) {
    const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
    return `${url} does not answer: ${messageOf(cause)}`;
  }
}

async function answerOf(response: Response): Promise<WriteAnswer> {
  if (response.ok) return writeAnswer(response);
  const problem = await problemOf(response);
  if (response.status === 401 || response.status === 403) {
    throw new AppError('unauthenticated', `${problem}; make a token with nocmate token create --scope ingest`);
  }
  throw new AppError('bad_request', problem);
}

async function writeAnswer(response: Response): Promise<WriteAnswer> {
  try {
    return Answer.parse(await response.json()) as WriteAnswer;
  } catch (cause) {
    throw new AppError('bad_request', `what answers at ${response.url} is no server of this program`, { cause });
  }
}

async function problemOf(response: Response): Promise<string> {
  const text = (await response.text()).slice(0, 500);
  return `${new URL(response.url).origin} answers ${response.status}: ${text}`;
}
