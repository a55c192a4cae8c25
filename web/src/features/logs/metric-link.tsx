import { IconChartLine } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { buttonClass } from '#web/ui/button.tsx';
import type { LogView } from './use-log-view.ts';

/** Leads to a rule that makes series of what the search finds; absent where the answer is no lines. */
export function MetricLink({ view: { asked, read } }: { readonly view: LogView }) {
  const { query } = read;
  if (query === undefined || query.pipes.some(({ kind }) => kind !== 'where' && kind !== 'parse')) return null;
  return (
    <Link
      className={buttonClass()}
      to="/settings"
      search={{ tab: 'log-metrics', edit: 'new', q: asked || undefined }}
      title="Make a metric of this search"
    >
      <IconChartLine size={15} aria-hidden="true" /> Metric
    </Link>
  );
}
