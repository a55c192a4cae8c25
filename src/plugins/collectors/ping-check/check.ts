import { runCheck } from '#core/plugin/check-run.ts';
import { CollectError } from '#core/plugin/collect-error.ts';
import type { CollectContext, Collection } from '#core/plugin/collector.ts';
import type { TargetContext } from '#core/plugin/target-context.ts';
import { checkName, type PingCheckConfig } from './config.ts';
import { type PingSummary, parsePing, pingValues } from './parse.ts';

const INTERVAL_S = 0.2;
/** How long the last answer is waited for. */
const WAIT_S = 2;

/** The check of one host. What is wrong with it is in what it gives; that `ping` cannot run is thrown. */
export function pingCheck(config: PingCheckConfig, { probe, programs }: TargetContext) {
  const named = { prefix: 'pingcheck', check: checkName(config) };

  return (context: CollectContext): Promise<Collection> =>
    runCheck(named, context, async (found) => {
      const { signal } = context;
      const { address, lookup } = await probe.resolve(config.host, signal);
      if (lookup !== undefined) found.timings = { lookup };
      const { exitCode, stdout, stderr } = await programs.run('ping', argumentsFor(address, config), { signal });
      const summary = parsePing(stdout);
      if (summary === undefined || summary.sent === 0) throw nothingSent(exitCode, stderr.trim());
      found.values.push(...pingValues(summary));
      return failureOf(summary, config) ?? 'ok';
    });
}

/** Names stay here: what the address guard has looked at is what is asked. */
function argumentsFor(address: string, { count, size }: PingCheckConfig): string[] {
  const times = ['-c', String(count), '-i', String(INTERVAL_S), '-W', String(WAIT_S)];
  return ['-n', '-q', ...times, '-s', String(size), address];
}

function failureOf({ sent, received, rtt }: PingSummary, { maxLoss, maxRttMs }: PingCheckConfig): string | undefined {
  if (received === 0 || 1 - received / sent > maxLoss) return 'loss';
  return maxRttMs !== undefined && (rtt['avg'] ?? 0) > maxRttMs ? 'slow' : undefined;
}

/** No route to the host is its fault; that `ping` cannot run is ours. */
function nothingSent(exitCode: number | undefined, said: string): CollectError {
  if (/unreachable/i.test(said)) {
    return new CollectError('unreachable', said, { cause: Object.assign(new Error(said), { code: 'ENETUNREACH' }) });
  }
  const hint = 'the server needs ping of iputils (Debian: iputils-ping) and the right to use it';
  return new CollectError('answer', `ping ended with ${exitCode}: ${said.slice(0, 200)}; ${hint}`);
}
