/** Why intake is closed: no space, the spool's limit, or a batch that waits for the disk. */
export type GateReason = 'disk_full' | 'spool_full' | 'overload';

/** Whether records may come in. Senders on TCP are made to wait while it is closed, all others are refused. */
export class Gate {
  readonly #reasons = new Set<GateReason>();
  readonly #listeners = new Set<(reason: GateReason | undefined) => void>();

  /** Undefined = open. */
  get reason(): GateReason | undefined {
    for (const reason of ['disk_full', 'spool_full', 'overload'] as const) if (this.#reasons.has(reason)) return reason;
    return undefined;
  }

  set(reason: GateReason, closed: boolean): void {
    const before = this.reason;
    if (closed) this.#reasons.add(reason);
    else this.#reasons.delete(reason);
    if (this.reason !== before) for (const listener of this.#listeners) listener(this.reason);
  }

  /** Calls back at each change; returns what ends it. */
  onChange(listener: (reason: GateReason | undefined) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
