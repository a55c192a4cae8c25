import type { CatalogueEntry, KeyFigure, StoredTarget } from '#core/api/collectors.ts';
import type { CollectorStatus } from '#core/api/status.ts';
import type { Labels } from '#core/model/labels.ts';
import { isFailing } from '#web/data/collectors.ts';
import { figureKey, type KeyFigures } from './key-figures.ts';

/** What a service is; worst first. `off`: it is stored and switched off. */
export const SERVICE_STATES = ['down', 'unknown', 'up', 'off'] as const;
export type ServiceState = (typeof SERVICE_STATES)[number];

/** One target of a collector, as the page shows it. */
export type ServiceRow = {
  readonly key: string;
  /** What it is: `Redis`. */
  readonly kind: string;
  readonly target: string;
  readonly host: string;
  readonly labels: Labels;
  readonly state: ServiceState;
  /** Since when, ms since the epoch; 0: that is not known. */
  readonly since: number;
  readonly error: string;
  /** Id of its dashboard. */
  readonly dashboard: string | undefined;
  readonly figure: KeyFigure | undefined;
  /** Of the key figure over the last minutes, NaN where there is none. */
  readonly values: ArrayLike<number>;
};

type Known = {
  readonly statuses: readonly CollectorStatus[];
  readonly stored: readonly StoredTarget[];
  readonly catalogue: readonly CatalogueEntry[];
  readonly figures: KeyFigures;
};

/** All services, worst first, then by kind and target. */
export function serviceRows({ statuses, stored, catalogue, figures }: Known): readonly ServiceRow[] {
  const entries = new Map(catalogue.map((entry) => [entry.id, entry]));
  const running = statuses.map((status) => runningRow(status, entries.get(status.plugin), figures));
  const shown = new Set(running.map(({ key }) => key));
  const resting = stored
    .filter(({ collector, target, enabled }) => !enabled && !shown.has(`${collector} ${target}`))
    .map(({ collector, target, labels }): ServiceRow => {
      const kind = entries.get(collector)?.title ?? collector;
      const nothing = { since: 0, error: '', dashboard: undefined, figure: undefined, values: [] };
      const { host = '' } = labels;
      return { key: `${collector} ${target}`, kind, target, host, labels, state: 'off', ...nothing };
    });
  return [...running, ...resting].sort(
    (a, b) => rank(a) - rank(b) || byName(a.kind, b.kind) || byName(a.target, b.target),
  );
}

function runningRow(status: CollectorStatus, entry: CatalogueEntry | undefined, figures: KeyFigures): ServiceRow {
  const { plugin, title, target, labels, lastError, errorKind, since } = status;
  const key = figureKey(plugin, { ...labels, ...(entry?.okMetric === undefined ? {} : { check: target }) });
  const ok = figures.ok.get(key);
  const isWrong = status.up && ok?.at(-1) === 0;
  return {
    ...{ key: `${plugin} ${target}`, kind: title, target, labels, host: labels['host'] ?? '' },
    state: isWrong || isFailing(status) ? 'down' : status.up ? 'up' : 'unknown',
    since: isWrong ? 0 : since,
    error: isWrong && lastError === '' ? 'What it checks is not as it should be' : errorText(errorKind, lastError),
    dashboard: entry?.dashboard,
    figure: entry?.keyFigure,
    values: figures.values.get(key) ?? [],
  };
}

const errorText = (kind: string, text: string): string => (text === '' ? '' : kind === '' ? text : `${kind}: ${text}`);

const rank = ({ state }: ServiceRow): number => SERVICE_STATES.indexOf(state);

/** Names as people order them: `web-2` before `web-10`. */
export const byName = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true });
