import type { HostPort } from '../units/listen-address.ts';
import { CheckConnection, type CheckConnectionOptions } from './check-connection.ts';
import { endsTooSoon } from './check-options.ts';
import { type FoundSoFar, runCheck } from './check-run.ts';
import type { CollectContext, Collection } from './collector.ts';
import type { TargetContext } from './target-context.ts';

/** What a dialogue of a check works with. */
export type CheckDialogue = {
  readonly connection: CheckConnection;
  readonly found: FoundSoFar;
  /** Resolved; '' without one. */
  readonly password: string;
  readonly signal: AbortSignal;
};

type Checked = {
  /** Of its series, and the value of their label `check`. */
  readonly prefix: string;
  readonly check: string;
  readonly address: HostPort;
  readonly options: CheckConnectionOptions & { readonly password?: string | undefined };
};

/**
 * The check of a server that is talked to, with a login where the options have one. `talk` gives its result, `ok` or what is
 * wrong; a certificate that ends too soon is wrong where all else is well.
 */
export function dialogueCheck(
  { prefix, check, address, options }: Checked,
  { probe, secret }: TargetContext,
  talk: (dialogue: CheckDialogue) => Promise<string>,
): (context: CollectContext) => Promise<Collection> {
  return async (context) => {
    const password = options.password === undefined ? '' : await secret(options.password);
    return runCheck({ prefix, check }, context, async (found) => {
      const { signal, scheduledAt } = context;
      const connection = await CheckConnection.open(probe, address, options, { signal, found });
      try {
        const result = await talk({ connection, found, password, signal });
        const { tls } = found;
        return result === 'ok' && tls !== undefined && endsTooSoon(tls, options, scheduledAt)
          ? 'certificate_ends'
          : result;
      } finally {
        connection.close();
      }
    });
  };
}
