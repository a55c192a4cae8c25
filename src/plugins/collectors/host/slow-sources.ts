import { readFile } from 'node:fs/promises';
import type { HostConfig } from './config.ts';
import { parseFileHandles } from './file-handles.ts';
import { createFilesystems } from './filesystems.ts';
import { failedPart, type Gathered, nothingGathered } from './gathered.ts';
import { gatherProcesses } from './processes.ts';
import { gatherSystemInfo } from './system-info.ts';
import { gatherTcpStates } from './tcp-states.ts';
import { gatherTemperature } from './temperature.ts';
import { gatherTimeSync } from './time-sync.ts';

/** A source that is read at its own pace, because it changes slowly or costs more. */
export type SlowSource = {
  readonly name: string;
  readonly everyMs: number;
  readonly gather: () => Promise<Gathered>;
};

/** The slow sources of the machine. */
export function slowSourcesOf(config: HostConfig): readonly SlowSource[] {
  const { procPath, sysPath, rootPath } = config;
  const filesystems = createFilesystems(procPath, rootPath);
  return [
    { name: 'file-handles', everyMs: 10_000, gather: () => gatherFileHandles(procPath) },
    { name: 'tcp-states', everyMs: 10_000, gather: () => gatherTcpStates(procPath) },
    { name: 'temperature', everyMs: 10_000, gather: () => gatherTemperature(sysPath) },
    { name: 'filesystems', everyMs: 30_000, gather: filesystems.gather },
    { name: 'processes', everyMs: 30_000, gather: () => gatherProcesses(procPath) },
    { name: 'time-sync', everyMs: 60_000, gather: () => gatherTimeSync(rootPath) },
    { name: 'system-info', everyMs: 60_000, gather: () => gatherSystemInfo(config) },
  ];
}

async function gatherFileHandles(procPath: string): Promise<Gathered> {
  return { values: parseFileHandles(await readFile(`${procPath}/sys/fs/file-nr`, 'utf8')), problems: [] };
}

/** A run does not wait longer for the sources it started; what comes later goes out with a later run. */
const LONGEST_WAIT_MS = 200;

/**
 * Reads each source when its pace says so and gives each result once: values are emitted only when they were measured,
 * never repeated. A source that hangs is not asked again until it answers, and holds up nothing else.
 */
export function createSlowReader(sources: readonly SlowSource[]): { read: (scheduledAt: number) => Promise<Gathered> } {
  const lastTurn = new Map<SlowSource, number>();
  const underWay = new Map<SlowSource, Promise<void>>();
  let finished: Gathered[] = [];

  function startDue(scheduledAt: number): Promise<void>[] {
    return sources.flatMap((source) => {
      const turn = Math.floor(scheduledAt / source.everyMs);
      if (lastTurn.get(source) === turn || underWay.has(source)) return [];
      lastTurn.set(source, turn);
      const work = source
        .gather()
        .catch((error: unknown) => failedPart(source.name, error))
        .then((gathered) => {
          finished.push(gathered);
          underWay.delete(source);
        });
      underWay.set(source, work);
      return [work];
    });
  }

  return {
    read: async (scheduledAt) => {
      const started = startDue(scheduledAt);
      const patience = Promise.withResolvers<void>();
      const timer = setTimeout(patience.resolve, LONGEST_WAIT_MS);
      await Promise.race([Promise.all(started), patience.promise]);
      clearTimeout(timer);
      const gathered = nothingGathered();
      for (const { values, problems } of finished) {
        gathered.values.push(...values);
        gathered.problems.push(...problems);
      }
      finished = [];
      return gathered;
    },
  };
}
