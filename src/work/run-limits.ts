import { secretOptions } from '#core/plugin/option-schema.ts';
import type { PlannedCollector } from './config.ts';
import { createLimiter, type Limiter } from './limiter.ts';

/** Runs under way at once, over all targets. */
const MOST_AT_ONCE = 200;
/** On one host, over all collectors. */
const MOST_PER_HOST = 2;

/** Places that all targets share: of everything, of a host, of a credential. */
export type RunLimits = {
  /** The limiter of one target: it has a place when it has one everywhere. */
  readonly of: (planned: PlannedCollector) => Limiter;
};

/** Limits for one runner. */
export function createRunLimits(): RunLimits {
  const all = createLimiter(MOST_AT_ONCE);
  const shared = new Map<string, Limiter>();
  const named = (name: string, places: number): Limiter => {
    const limiter = shared.get(name) ?? createLimiter(places);
    shared.set(name, limiter);
    return limiter;
  };
  return {
    of: (planned) => {
      const { id, plugin, config } = planned;
      const limiters: Limiter[] = [];
      const { perHost, perCredential } = plugin.limits ?? {};
      const host = plugin.address?.(config)?.host;
      if (perCredential !== undefined) limiters.push(named(`${id} as ${credentialOf(planned)}`, perCredential));
      if (host !== undefined && perHost !== undefined) limiters.push(named(`${id} on ${host}`, perHost));
      if (host !== undefined) limiters.push(named(`on ${host}`, MOST_PER_HOST));
      return inTurn([...limiters, all]);
    },
  };
}

/** Takes the narrow places first, so that nobody who waits holds a wide one. */
function inTurn(limiters: readonly Limiter[]): Limiter {
  return {
    acquire: async (signal) => {
      const held: (() => void)[] = [];
      const release = (): void => {
        for (const give of held) give();
      };
      for (const limiter of limiters) {
        const give = await limiter.acquire(signal);
        if (give === undefined) {
          release();
          return undefined;
        }
        held.push(give);
      }
      return release;
    },
  };
}

/** The login that a target uses: its user name and the places of its secrets. */
function credentialOf({ plugin, config }: PlannedCollector): string {
  const options = config as Readonly<Record<string, unknown>>;
  return JSON.stringify(['username', ...secretOptions(plugin.config)].map((name) => options[name] ?? ''));
}
