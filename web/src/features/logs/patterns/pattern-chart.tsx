import { IconChartLine } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { LogPattern } from '#core/api/log-patterns.ts';
import { quoteLogText } from '#core/log-query/quote.ts';
import { exploreSearch } from '#web/charts/explore-search.ts';
import { buttonClass } from '#web/ui/button.tsx';

/** Leads to a chart of a pattern's lines: of its series where it has one, else counted from the lines. */
export function PatternChart({ pattern: { id, hasSeries } }: { readonly pattern: LogPattern }) {
  const query = hasSeries
    ? { language: 'promql' as const, text: `rate(log_pattern_lines_total{pattern=${quoteLogText(id)}}[1m])` }
    : { language: 'logs' as const, text: `pattern:${id} | rate` };
  return (
    <Link
      className={buttonClass()}
      to="/explore"
      search={exploreSearch([query])}
      title={hasSeries ? 'Its series' : 'Counted from its lines; pinned patterns have a series'}
    >
      <IconChartLine size={15} aria-hidden="true" /> Chart
    </Link>
  );
}
