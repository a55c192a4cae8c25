import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { configFile, type EngineOptions, sessionArguments } from './engine-config.ts';
import { CODES, EngineError } from './engine-error.ts';
import { EngineSession, type RunOptions, type RunSummary } from './engine-session.ts';
import { restoreFatalSignals } from './fatal-signals.ts';
import { SessionLane } from './session-lane.ts';

/** One for what comes in, one for the rollups of what came in. */
const WRITERS = 2;
const READERS = 3;
const QUEUE_LIMIT = 200;
const KILL_AGAIN_MS = 50;
/** Formats of which each block of an answer is a piece of its own, so that answers can be passed on as they come. */
const STREAMED = new Set(['Native', 'JSONEachRow', 'JSONCompactEachRow', 'TabSeparated', 'TSV', 'CSV', 'RowBinary']);
const SELECTING = new Set(['SELECT', 'WITH']);

/** A statement for the engine. */
export type Job = RunOptions & {
  readonly verb: string;
  /** The text ends with data (`VALUES …`), behind which nothing may stand. */
  readonly inlineData: boolean;
  readonly signal: AbortSignal;
};

/** Takes the pieces of an answer; resolves when it can take more. */
export type Answer = {
  readonly begin: (summary: RunSummary | undefined) => void;
  readonly write: (bytes: Uint8Array) => Promise<void>;
};

/**
 * The engine on one directory: inserts have sessions of their own, so that no query holds them up, and one more
 * session answers health checks and kills queries.
 */
export class Engine {
  readonly #sessions: readonly EngineSession[];
  readonly #writers: SessionLane<EngineSession>;
  readonly #readers: SessionLane<EngineSession>;
  readonly #admin: SessionLane<EngineSession>;
  readonly #running = new Map<string, Promise<unknown>>();
  readonly #tag = randomBytes(6).toString('hex');
  #count = 0;
  #closing = false;

  private constructor(sessions: readonly EngineSession[]) {
    this.#sessions = sessions;
    this.#admin = new SessionLane(sessions.slice(0, 1), QUEUE_LIMIT);
    this.#writers = new SessionLane(sessions.slice(1, 1 + WRITERS), QUEUE_LIMIT);
    this.#readers = new SessionLane(sessions.slice(1 + WRITERS), QUEUE_LIMIT);
  }

  /** Opens the directory. Throws when another process has it. */
  static async open(options: EngineOptions): Promise<Engine> {
    const path = join(options.directory, 'engine.xml');
    await writeFile(path, configFile(options));
    const open = (): EngineSession => new EngineSession(options.directory, sessionArguments(options, path));
    const first = open();
    restoreFatalSignals();
    return new Engine([first, ...Array.from({ length: WRITERS + READERS }, open)]);
  }

  /** Runs a statement and passes its answer on. An aborted signal kills it in the engine. */
  async execute(job: Job, answer: Answer): Promise<void> {
    const lane = job.verb === 'INSERT' ? this.#writers : job.verb === 'KILL' ? this.#admin : this.#readers;
    await lane.run(job.signal, async (session) => {
      if (job.signal.aborted || this.#closing)
        throw new EngineError(CODES.queryCancelled, 'Query was cancelled. (QUERY_WAS_CANCELLED)');
      this.#count += 1;
      const marker = `/* nocmate:${this.#tag}:${this.#count} */`;
      const kill = (): void => void this.#killUntilGone(marker);
      job.signal.addEventListener('abort', kill, { once: true });
      const run = this.#run(session, { ...job, sql: job.inlineData ? job.sql : `${job.sql}\n${marker}` }, answer);
      this.#running.set(marker, run);
      await run.finally(() => {
        this.#running.delete(marker);
        job.signal.removeEventListener('abort', kill);
      });
    });
  }

  /** A small question that only needs the engine to be alive. */
  async version(): Promise<string> {
    const options = { sql: 'SELECT version()', format: 'TabSeparated', database: 'default', settings: new Map() };
    const { bytes } = await this.#admin.run(new AbortController().signal, (session) => session.run(options));
    return Buffer.from(bytes).toString().trim();
  }

  /** Kills what reads, lets what writes end, and closes the directory. */
  async close(): Promise<void> {
    this.#closing = true;
    await Promise.allSettled([...this.#running.keys()].map((marker) => this.#kill(marker, "query_kind != 'Insert'")));
    await Promise.allSettled(this.#running.values());
    for (const session of this.#sessions) session.close();
  }

  async #run(session: EngineSession, job: Job, answer: Answer): Promise<void> {
    if (SELECTING.has(job.verb) && STREAMED.has(job.format)) {
      for await (const chunk of session.stream(job)) {
        answer.begin(undefined);
        await answer.write(chunk);
      }
      return answer.begin(undefined);
    }
    const { bytes, summary } = await session.run(job);
    answer.begin(summary);
    if (bytes.length > 0) await answer.write(bytes);
  }

  /** A statement that was only just handed over is not in the engine's list yet: asks until it has ended. */
  async #killUntilGone(marker: string): Promise<void> {
    while (this.#running.has(marker)) {
      await this.#kill(marker).catch(() => undefined);
      await sleep(KILL_AGAIN_MS);
    }
  }

  async #kill(marker: string, condition = '1'): Promise<void> {
    const sql = `KILL QUERY WHERE endsWith(query, '${marker}') AND ${condition} ASYNC`;
    const options = { sql, format: 'TabSeparated', database: 'default', settings: new Map() };
    await this.#admin.run(new AbortController().signal, (session) => session.run(options));
  }
}
