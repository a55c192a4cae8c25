import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '#core/errors.ts';
import type { Pull } from '#core/plugin/input.ts';
import type { Gate } from './gate.ts';
import type { OpenPositions } from './open-positions.ts';
import { StreamWriter, type WriterParts } from './sample-writer.ts';
import type { ShownSources } from './shown-sources.ts';
import type { SourceProblems } from './source-problems.ts';
import type { Sources } from './sources.ts';
import type { Spooler } from './spooler.ts';

export type PulledSourcesParts = {
  readonly writers: WriterParts;
  readonly spooler: Spooler;
  readonly gate: Gate;
  readonly sources: Sources;
  readonly positions: OpenPositions;
  readonly problems: SourceProblems;
  readonly shown: ShownSources;
};

export type PulledInput = {
  readonly input: string;
  readonly slot: number;
  readonly run: (pull: Pull) => Promise<void>;
};

/** What `run` itself throws stands under this name. */
const ITSELF = '';
const FIRST_BACKOFF_MS = 1_000;
const MAX_BACKOFF_MS = 60_000;

/** Runs an input that fetches its records; the function returned ends it and resolves when it has ended. */
export function startPulling(parts: PulledSourcesParts, pulled: PulledInput): () => Promise<void> {
  const closing = new AbortController();
  const pull = pullOf(parts, pulled, closing.signal);
  const running = keepRunning(pulled, pull);
  return async () => {
    closing.abort();
    await running;
  };
}

async function keepRunning({ run }: PulledInput, pull: Pull): Promise<void> {
  for (let backoffMs = FIRST_BACKOFF_MS; !pull.signal.aborted; backoffMs = Math.min(MAX_BACKOFF_MS, 2 * backoffMs)) {
    try {
      await run(pull);
      return;
    } catch (error) {
      if (pull.signal.aborted) return;
      pull.report(ITSELF, messageOf(error));
    }
    await sleep(backoffMs, undefined, { signal: pull.signal }).catch(() => undefined);
    pull.report(ITSELF, undefined);
  }
}

function pullOf(parts: PulledSourcesParts, { input, slot }: PulledInput, signal: AbortSignal): Pull {
  const { writers, spooler, gate, sources, positions } = parts;
  const writer = new StreamWriter(writers, slot, sources.of(slot, ''));
  return {
    signal,
    get positions() {
      return positions.of(input);
    },
    untilOpen: () => untilOpen(gate, signal),
    take: (write) => {
      try {
        writer.begin();
        write(writer, (name, position) => positions.move(input, name, position));
      } finally {
        writer.commit();
      }
      spooler.afterChunk();
    },
    report: (source, problem, isQuiet = false) => {
      const isNews = parts.problems.set(input, source, problem);
      if (!isNews || problem === undefined || isQuiet) return;
      writer.reject('unreadable', problem);
      writer.commit();
      const t = writers.now();
      spooler.append({ t, kind: 'input.unreadable', severity: 'warning', message: problem, labels: { input, source } });
    },
    show: (states) => parts.shown.show(input, states),
  };
}

function untilOpen(gate: Gate, signal: AbortSignal): Promise<void> {
  if (gate.reason === undefined || signal.aborted) return Promise.resolve();
  const open = Promise.withResolvers<void>();
  const end = gate.onChange((reason) => reason === undefined && open.resolve());
  const close = (): void => open.resolve();
  signal.addEventListener('abort', close, { once: true });
  return open.promise.finally(() => {
    end();
    signal.removeEventListener('abort', close);
  });
}
