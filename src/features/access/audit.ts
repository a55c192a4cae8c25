import type { Severity } from '#core/model/event.ts';
import type { EventSink } from '#core/sink.ts';
import type { Clock } from '#io/clock.ts';

export type AuditEntry = {
  /** `user.login`, `token.created`, … */
  readonly kind: string;
  readonly message: string;
  readonly severity?: Severity;
  readonly user?: string;
  readonly address?: string;
};

/** Writes down who did what to accounts, sessions and tokens. */
export type Audit = (entry: AuditEntry) => void;

/** An audit that ends up among the events of this host. */
export function createAudit({ events, clock, host }: { events: EventSink; clock: Clock; host: string }): Audit {
  return ({ kind, message, severity = 'info', user, address }) => {
    const who = { ...(user === undefined ? {} : { user }), ...(address === undefined ? {} : { address }) };
    events.append({ t: clock.now(), kind, severity, message, labels: { host, ...who } });
  };
}
