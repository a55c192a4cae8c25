import { readFile } from 'node:fs/promises';
import { constants, platform, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import type { LogRules } from '#core/api/log-rules.ts';
import { AppError, messageOf } from '#core/errors.ts';
import { createZone } from '#core/timestamps/zone.ts';
import { geoLookup } from '#parsing/geo/geo-databases.ts';
import { checkRules } from '#parsing/rules/compile-rules.ts';
import type { GeoLookup } from '#parsing/rules/geo-lookup.ts';
import { suggestPatterns } from '#parsing/suggest/suggest-patterns.ts';
import type { BenchAnswer, BenchData, BenchJob, BenchRequest } from './rule-bench.ts';
import { tryRules } from './try-rules.ts';

/** Lines without a zone are of this machine's, as at the intake. */
const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

const MAX_COMPILE_S = 3;
const tooLarge = (seconds: number): string =>
  `the rules take ${seconds.toFixed(1)} s to compile, which is more than ${MAX_COMPILE_S} s: have fewer or simpler patterns`;

/** The thread of the bench: does what it is sent, one after the other. */
class BenchThread {
  readonly #data: BenchData;
  #geoip: GeoLookup | undefined;

  constructor(data: BenchData) {
    this.#data = data;
  }

  async answer({ ticket, job }: BenchRequest): Promise<BenchAnswer> {
    try {
      return { ticket, result: await this.#run(job) };
    } catch (error) {
      const code = error instanceof AppError ? error.code : 'internal';
      return { ticket, error: { code, message: messageOf(error) } };
    }
  }

  async #run(job: BenchJob): Promise<unknown> {
    if (job.kind === 'suggest') return suggestPatterns(job.line);
    const geoip = await this.#lookupFor(job.kind === 'check' ? job.rules : job.trial.rules);
    const rules = job.kind === 'check' ? job.rules : job.trial.rules;
    const start = performance.now();
    const faults = checkRules(rules, { zone: createZone(ZONE), ...(geoip && { geoip }) });
    const seconds = (performance.now() - start) / 1_000;
    // The intake stands still while it compiles them.
    if (seconds > MAX_COMPILE_S) faults.push({ rule: -1, step: undefined, message: tooLarge(seconds) });
    return job.kind === 'check' ? faults : tryRules(job.trial, { faults, zone: ZONE, ...(geoip && { geoip }) });
  }

  /** The databases are read when rules need them first. */
  async #lookupFor({ rules }: LogRules): Promise<GeoLookup | undefined> {
    const { geoip } = this.#data;
    const needs = rules.some(({ steps }) => steps.some(({ type }) => type === 'geoip'));
    if (!needs || geoip.length === 0) return undefined;
    this.#geoip ??= geoLookup(await Promise.all(geoip.map((path) => readFile(path))));
    return this.#geoip;
  }
}

// On Linux this is of the calling thread alone, elsewhere of the process: requests go before trials.
if (platform() === 'linux') setPriority(constants.priority.PRIORITY_LOW);

const thread = new BenchThread(workerData as BenchData);
parentPort?.on('message', (request: BenchRequest) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread, not a window
  void thread.answer(request).then((message) => parentPort?.postMessage(message));
});
