import { connectionFailure } from '#core/plugin/check-failure.ts';
import { endsTooSoon, tlsRefusal } from '#core/plugin/check-options.ts';
import { checkCollection } from '#core/plugin/check-series.ts';
import type { CollectContext, CollectedValue, Collection } from '#core/plugin/collector.ts';
import type { ProbedConnection, TargetContext } from '#core/plugin/target-context.ts';
import { addressOf, checkName, type TcpCheckConfig, turnsOf } from './config.ts';
import { converse } from './dialogue.ts';

/** As far as it went. */
type Found = Partial<Pick<ProbedConnection, 'timings' | 'tls'>> & { dialogueMs?: number };

/** The check of one target; what is wrong with the target is in what it gives. */
export function tcpCheck(config: TcpCheckConfig, { probe }: TargetContext) {
  const turns = turnsOf(config);

  return async ({ signal, scheduledAt: now }: CollectContext): Promise<Collection> => {
    const started = performance.now();
    const found: Found = {};
    const result = await resultOf(found, signal, now).catch((error: unknown) => connectionFailure(error, signal));
    const durationMs = performance.now() - started;
    const { timings = {}, tls } = found;
    return checkCollection(
      'tcpcheck',
      checkName(config),
      { result, durationMs, timings, tls, values: dialogueValues(found) },
      now,
    );
  };

  async function resultOf(found: Found, signal: AbortSignal, now: number): Promise<string> {
    const connection = await probe.open(addressOf(config), { ...config, signal });
    const { socket, tls } = connection;
    Object.assign(found, connection);
    try {
      const refusal = tls === undefined ? undefined : tlsRefusal(tls, config);
      if (refusal !== undefined) return refusal;
      const started = performance.now();
      const wasHeard = await converse(socket, turns, signal);
      if (!wasHeard) return 'expect';
      if (turns.length > 0) found.dialogueMs = performance.now() - started;
      return tls !== undefined && endsTooSoon(tls, config, now) ? 'certificate_ends' : 'ok';
    } finally {
      socket.destroy();
    }
  }
}

function dialogueValues({ dialogueMs }: Found): CollectedValue[] {
  return dialogueMs === undefined ? [] : [{ metric: 'tcpcheck_dialogue_duration_seconds', value: dialogueMs / 1_000 }];
}
