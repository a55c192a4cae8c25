import { CollectError } from '#core/plugin/collect-error.ts';
import type { Collection, CollectionProblem } from '#core/plugin/collector.ts';
import { jsonText } from '#core/plugin/json-answer.ts';
import { valuesOfMeans } from './means.ts';
import { collectionOfPool, machinesOf, namesOf, type Pool, recordsOf } from './parse.ts';
import { parseRrdUpdates } from './rrd.ts';
import type { XenSession } from './session.ts';

const MS = 1_000;
const STEP_S = 5;
/** The finest steps are kept for ten minutes. */
const KEPT_S = 540;
/** At the first reading. */
const FIRST_S = 3 * STEP_S;

/** Readings of one pool: what there is, and what each host has measured since the last one. */
export class XenReader {
  readonly #session: XenSession;
  /** The time of the last row of each host by its own clock, s. */
  readonly #read = new Map<string, number>();

  constructor(session: XenSession) {
    this.#session = session;
  }

  /** A host that does not answer is a problem; the pool must. */
  async collect(signal: AbortSignal): Promise<Collection> {
    const pool = await this.#pool(signal);
    const names = namesOf(pool);
    const { values, states = [] } = collectionOfPool(pool);
    const problems: CollectionProblem[] = [];
    const all = [...values];
    for (const [reference, host] of pool.hosts) {
      try {
        const after = await this.#startOf(reference, signal);
        const path = `/rrd_updates?start=${after}&cf=AVERAGE&interval=${STEP_S}&host=true&json=true`;
        const updates = parseRrdUpdates(await this.#session.page(jsonText(host, 'address'), path, signal), after);
        this.#read.set(reference, updates.end);
        all.push(...valuesOfMeans(updates.means, names));
      } catch (error) {
        if (!(error instanceof CollectError)) throw error;
        problems.push({ part: jsonText(host, 'name_label'), message: error.message });
      }
    }
    return { values: all, states, problems };
  }

  async #pool(signal: AbortSignal): Promise<Pool> {
    const all = async (kind: string) => recordsOf(await this.#session.call(`${kind}.get_all_records`, signal));
    return { hosts: await all('host'), vms: machinesOf(await all('VM')), srs: await all('SR') };
  }

  /** Where the rows begin that were not read: by the clock of the host, which may be wrong. */
  async #startOf(reference: string, signal: AbortSignal): Promise<number> {
    const text = String(await this.#session.call('host.get_servertime', signal, reference));
    const now = Math.floor(Date.parse(text.replace(/^(\d{4})(\d\d)(\d\d)T/, '$1-$2-$3T')) / MS);
    if (Number.isNaN(now)) throw new CollectError('protocol', `${text} is no time of a host`);
    const last = this.#read.get(reference) ?? 0;
    return last > now - KEPT_S && last <= now ? last : now - FIRST_S;
  }
}
