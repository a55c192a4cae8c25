import { endsTooSoon, tlsRefusal } from '#core/plugin/check-options.ts';
import { runCheck } from '#core/plugin/check-run.ts';
import type { CollectContext, Collection } from '#core/plugin/collector.ts';
import type { TargetContext } from '#core/plugin/target-context.ts';
import { addressOf, checkName, type TcpCheckConfig, turnsOf } from './config.ts';
import { converse } from './dialogue.ts';

/** The check of one target; what is wrong with the target is in what it gives. */
export function tcpCheck(config: TcpCheckConfig, { probe }: TargetContext) {
  const turns = turnsOf(config);
  const named = { prefix: 'tcpcheck', check: checkName(config) };

  return (context: CollectContext): Promise<Collection> =>
    runCheck(named, context, async (found) => {
      const { signal, scheduledAt: now } = context;
      const { socket, tls, timings } = await probe.open(addressOf(config), { ...config, signal });
      Object.assign(found, { tls, timings });
      try {
        const refusal = tls === undefined ? undefined : tlsRefusal(tls, config);
        if (refusal !== undefined) return refusal;
        const started = performance.now();
        const wasHeard = await converse(socket, turns, signal);
        if (!wasHeard) return 'expect';
        const value = (performance.now() - started) / 1_000;
        if (turns.length > 0) found.values.push({ metric: 'tcpcheck_dialogue_duration_seconds', value });
        return tls !== undefined && endsTooSoon(tls, config, now) ? 'certificate_ends' : 'ok';
      } finally {
        socket.destroy();
      }
    });
}
