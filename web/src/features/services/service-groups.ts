import type { Matcher } from '#core/metric-query/query.ts';
import { labelTest } from '#web/app/scope/label-test.ts';
import { byName, SERVICE_STATES, type ServiceRow, type ServiceState } from './service-rows.ts';

/** By what services stand together. */
export type Grouping = 'kind' | 'host';

/** A line of the table: the head of a group, or a service of it. */
export type ServiceLine =
  | { readonly line: 'group'; readonly name: string; readonly counts: Counts; readonly isShut: boolean }
  | { readonly line: 'service'; readonly row: ServiceRow };

export type Counts = Readonly<Record<ServiceState, number>>;

export type Wanted = {
  /** Words, all of which are in kind, target, host or error. */
  readonly typed: string;
  readonly state: string | undefined;
  readonly matchers: readonly Matcher[];
};

/** The services that are asked for, in the order given. */
export function wantedServices(rows: readonly ServiceRow[], { typed, state, matchers }: Wanted): readonly ServiceRow[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const tests = matchers.map(({ label, ...matcher }) => ({ label, test: labelTest(matcher) }));
  return rows.filter((row) => {
    const text = `${row.kind} ${row.target} ${row.host} ${row.error}`.toLowerCase();
    return (
      (state === undefined || row.state === state) &&
      words.every((word) => text.includes(word)) &&
      tests.every(({ label, test }) => test(row.labels[label] ?? ''))
    );
  });
}

/** How many services are in each state. */
export function countStates(rows: readonly ServiceRow[]): Counts {
  const counts = { down: 0, unknown: 0, up: 0, off: 0 };
  for (const { state } of rows) counts[state]++;
  return counts;
}

/** Groups with their services, those with the worst first, then by name; services keep their order. */
export function groupServices(
  rows: readonly ServiceRow[],
  by: Grouping,
  shut: ReadonlySet<string>,
): readonly ServiceLine[] {
  const groups = Map.groupBy(rows, (row) => row[by]);
  return [...groups]
    .map(([name, members]) => ({ name, members, counts: countStates(members) }))
    .sort((a, b) => worst(a.counts) - worst(b.counts) || byName(a.name, b.name))
    .flatMap(({ name, members, counts }): ServiceLine[] => {
      const isShut = shut.has(name);
      const services = isShut ? [] : members.map((row) => ({ line: 'service', row }) as const);
      return [{ line: 'group', name, counts, isShut }, ...services];
    });
}

/** Groups differ by whether something is down; what is unknown or off is no reason to stand first. */
const worst = ({ down }: Counts): number => (down > 0 ? 0 : 1);

/** `3 down, 12 up`: the states there are, worst first. */
export function countsText(counts: Counts): string {
  return SERVICE_STATES.filter((state) => counts[state] > 0)
    .map((state) => `${counts[state].toLocaleString('en')} ${state}`)
    .join(', ');
}
