import { randomBytes } from 'node:crypto';
import type { StoredTarget, TargetRequest, TestRequest, TriedCollection } from '#core/api/collectors.ts';
import { AppError } from '#core/errors.ts';
import type { CollectorPlugin } from '#core/plugin/collector.ts';
import { secretOptions } from '#core/plugin/option-schema.ts';
import type { EventSink } from '#core/sink.ts';
import type { Clock } from '#io/clock.ts';
import type { StateDb } from '#storage/postgres/index.ts';
import type { SecretStore } from '#storage/secrets/index.ts';
import type { CollectorWork, TargetSpec } from './collector-work.ts';
import type { CollectorDb, CollectorTables } from './tables.ts';
import { type ResolvedSecrets, resolveSecrets, secretName } from './target-secrets.ts';
import { deleteTarget, findTarget, type KeptTarget, readTargets, writeTarget } from './target-store.ts';

export type TargetsOptions = {
  readonly db: StateDb;
  readonly secrets: SecretStore;
  readonly plugins: ReadonlyMap<string, CollectorPlugin>;
  readonly work: CollectorWork;
  readonly events: EventSink;
  readonly clock: Clock;
};

const ID_BYTES = 8;
/** Targets that the configuration has cannot be stored a second time. */
const OPERATORS = new Set(['automatic', 'config', 'file', 'dns']);

/** The stored targets: reading, changing, testing them, and telling the runner. */
export class Targets {
  readonly #options: TargetsOptions;
  readonly #db: CollectorDb;

  constructor(options: TargetsOptions) {
    this.#options = options;
    this.#db = options.db.$extendTables<CollectorTables>();
  }

  async list(): Promise<StoredTarget[]> {
    const kept = await readTargets(this.#db);
    return kept.filter(({ dismissed }) => !dismissed).map((target) => this.#shown(target));
  }

  /** All that are known by collector and target, dismissed ones too. */
  async known(): Promise<ReadonlySet<string>> {
    return new Set((await readTargets(this.#db)).map(({ collector, target }) => `${collector} ${target}`));
  }

  /** Has the runner run what is stored. */
  async apply(): Promise<void> {
    const kept = await readTargets(this.#db);
    this.#options.work.setStored(kept.filter(({ enabled, dismissed }) => enabled && !dismissed).map(specOf));
  }

  create(request: TargetRequest, by: string): Promise<StoredTarget> {
    return this.#save(request, { id: newId(), by, origin: 'page' });
  }

  async update(id: string, request: TargetRequest, by: string): Promise<StoredTarget> {
    const previous = await findTarget(this.#db, id);
    return this.#save(request, { id, by, origin: previous.origin, previous });
  }

  /** Keeps what was found on this host and runs it. */
  async adopt(collector: string, options: Readonly<Record<string, unknown>>): Promise<StoredTarget> {
    const request = { collector, options, secrets: {}, labels: {}, enabled: true };
    return this.#save(request, { id: newId(), by: 'discovery', origin: 'found' });
  }

  /** What was found is remembered, so that it is not found again. */
  async remove(id: string, by: string): Promise<void> {
    const kept = await findTarget(this.#db, id);
    if (kept.origin === 'found') await writeTarget(this.#db, { ...kept, dismissed: true });
    else await deleteTarget(this.#db, id);
    await this.#options.secrets.remove(this.#secretOptions(kept.collector).map((option) => secretName(id, option)));
    await this.apply();
    this.#record('removed', kept, by);
  }

  /** Remembers a proposal as one that is not wanted. */
  async dismiss(collector: string, target: string, by: string): Promise<void> {
    const kept = {
      collector,
      target,
      options: {},
      labels: {},
      enabled: false,
      dismissed: true,
      origin: 'found',
    } as const;
    await writeTarget(this.#db, { ...kept, id: newId(), updatedAt: this.#options.clock.now(), updatedBy: by });
  }

  async test({ id, ...request }: TestRequest, signal: AbortSignal): Promise<TriedCollection> {
    const previous = id === undefined ? undefined : await findTarget(this.#db, id);
    const { resolved, kept } = this.#prepare(request, { id: id ?? newId(), by: '', origin: 'page', previous });
    const given = new Map([...resolved.written].map(([name, value]) => [`stored:${name}`, value]));
    return this.#options.work.tryOut(specOf(kept), given, signal);
  }

  async #save(request: TargetRequest, change: Change): Promise<StoredTarget> {
    const { resolved, kept } = this.#prepare(request, change);
    this.#refuseOperators(kept);
    const { secrets, clock } = this.#options;
    for (const [name, value] of resolved.written) {
      await secrets.put(name, value, { name: change.by, now: clock.now() });
    }
    try {
      await writeTarget(this.#db, kept);
    } catch (error) {
      if (change.previous === undefined) await secrets.remove([...resolved.written.keys()]);
      throw error;
    }
    await secrets.remove(resolved.removed);
    await this.apply();
    this.#record(change.previous === undefined ? 'added' : 'changed', kept, change.by);
    return this.#shown(kept);
  }

  /** Checks a request; nothing is stored yet. */
  #prepare(request: TargetRequest, change: Change): { resolved: ResolvedSecrets; kept: KeptTarget } {
    const { secrets: given, ...asked } = request;
    const { id, by, origin, previous } = change;
    if (previous !== undefined && previous.collector !== request.collector) {
      throw new AppError('bad_request', 'a target keeps its collector: remove it and add another');
    }
    const resolved = resolveSecrets({
      ...{ id, given, options: request.options, previous: previous?.options ?? {} },
      secretOptions: this.#secretOptions(request.collector),
    });
    const draft = { ...asked, options: resolved.options, id, origin, dismissed: false, target: '' };
    const target = this.#options.work.check(specOf({ ...draft, enabled: true }));
    if (resolved.keepsSome && previous !== undefined && previous.target !== target) {
      const message = `the address has changed from ${previous.target} to ${target}: write its secrets again`;
      throw new AppError('bad_request', message);
    }
    // What was found may lead where the page may not; another address is the page's.
    const isMoved = previous !== undefined && previous.target !== target;
    const kept = { ...draft, target, updatedAt: this.#options.clock.now(), updatedBy: by };
    return { resolved, kept: isMoved ? { ...kept, origin: 'page' } : kept };
  }

  #refuseOperators({ collector, target }: KeptTarget): void {
    const twin = this.#options.work.statuses().find((one) => one.plugin === collector && one.target === target);
    if (twin === undefined || !OPERATORS.has(twin.origin)) return;
    throw new AppError('conflict', `${collector} of ${target} stands in the configuration: change it there`);
  }

  #secretOptions(collector: string): readonly string[] {
    const plugin = this.#options.plugins.get(collector);
    return plugin === undefined ? [] : secretOptions(plugin.config);
  }

  #shown(kept: KeptTarget): StoredTarget {
    const { id, collector, target, origin, labels, enabled, updatedAt, updatedBy } = kept;
    const names = this.#secretOptions(collector);
    const shown = Object.entries(kept.options).filter(([name]) => !names.includes(name));
    return {
      ...{ id, collector, target, origin, labels, enabled, updatedAt, updatedBy, ...settingsOf(kept) },
      options: Object.fromEntries(shown),
      secretsSet: names.filter((name) => kept.options[name] !== undefined),
    };
  }

  #record(what: 'added' | 'changed' | 'removed', { collector, target }: KeptTarget, by: string): void {
    const { events, clock } = this.#options;
    const message = `${by} ${what} the target ${target} of ${collector}`;
    const labels = { user: by, collector, target };
    events.append({ t: clock.now(), kind: `collector.target_${what}`, severity: 'info', message, labels });
  }
}

type Change = {
  readonly id: string;
  readonly by: string;
  readonly origin: StoredTarget['origin'];
  readonly previous?: KeptTarget | undefined;
};

function specOf(kept: Omit<KeptTarget, 'updatedAt' | 'updatedBy'>): TargetSpec {
  const { collector, options, labels, enabled, origin, id } = kept;
  return { collector, origin, storedId: id, entry: { ...options, ...settingsOf(kept), labels, enabled } };
}

function settingsOf({ interval, timeout }: Pick<KeptTarget, 'interval' | 'timeout'>) {
  return { ...(interval === undefined ? {} : { interval }), ...(timeout === undefined ? {} : { timeout }) };
}

function newId(): string {
  return randomBytes(ID_BYTES).toString('hex');
}
