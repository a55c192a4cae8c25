import type { SelfStatus } from '#core/api/status.ts';
import type { EventLoopWatch } from './event-loop.ts';
import { summariseHealth } from './health.ts';
import { residentBytes } from './resident-memory.ts';
import type { SelfSources } from './sources.ts';

/** Reads the whole status at this moment. `startedAt` is monotonic. */
export async function readSelfStatus(
  sources: SelfSources,
  eventLoop: EventLoopWatch,
  startedAt: number,
): Promise<SelfStatus> {
  const uptimeMs = Math.round(sources.clock.monotonic() - startedAt);
  const processes = sources.processes().filter(({ pid }) => pid > 0);
  const resident = await Promise.all(processes.map(({ pid }) => residentBytes(pid)));
  return {
    health: summariseHealth(sources.parts(), sources.version, uptimeMs),
    accounts: sources.accounts(),
    ingestRate: sources.ingestRate(),
    activeSeries: sources.activeSeries(),
    spool: sources.spool(),
    insertLagMs: sources.insertLagMs(),
    eventLoopP99Ms: eventLoop.p99Ms(),
    sampleCache: sources.sampleCache(),
    processes: processes.map(({ name, pid }, i) => ({ name, pid, residentBytes: resident[i] ?? 0 })),
    listeners: sources.listeners(),
  };
}
