/** Why a target gave nothing: counted by kind, and shown. */
export type CollectErrorKind =
  /** No connection: name, route, refusal, or it broke off. */
  | 'unreachable'
  /** It refused the login, or asks for one. */
  | 'auth'
  /** What it said is not its protocol. */
  | 'protocol'
  | 'too_large'
  /** It answered in its protocol that it cannot or will not. */
  | 'answer'
  /** The address guard or the rules of secrets forbid it. */
  | 'forbidden';

/** What a collector throws when its target is at fault; the message says what was tried and what came. */
export class CollectError extends Error {
  readonly kind: CollectErrorKind;

  constructor(kind: CollectErrorKind, message: string, options: { cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'CollectError';
    this.kind = kind;
  }
}
