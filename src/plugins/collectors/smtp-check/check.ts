import { CheckConnection } from '#core/plugin/check-connection.ts';
import { endsTooSoon } from '#core/plugin/check-options.ts';
import { runCheck } from '#core/plugin/check-run.ts';
import type { CollectContext, Collection } from '#core/plugin/collector.ts';
import type { TargetContext } from '#core/plugin/target-context.ts';
import { addressOf, checkName, type SmtpCheckConfig } from './config.ts';
import { SmtpDialogue } from './dialogue.ts';

/** The check of one mail server; what is wrong with it is in what it gives. */
export function smtpCheck(config: SmtpCheckConfig, { probe, secret }: TargetContext) {
  const named = { prefix: 'smtpcheck', check: checkName(config) };

  return async (context: CollectContext): Promise<Collection> => {
    const password = config.password === undefined ? '' : await secret(config.password);
    return runCheck(named, context, async (found) => {
      const { signal, scheduledAt: now } = context;
      const connection = await CheckConnection.open(probe, addressOf(config), config, { signal, found });
      try {
        const result = await new SmtpDialogue(config, { connection, found, password, signal }).run();
        const { tls } = found;
        const ends = tls !== undefined && endsTooSoon(tls, config, now);
        return result === 'ok' && ends ? 'certificate_ends' : result;
      } finally {
        connection.close();
      }
    });
  };
}
