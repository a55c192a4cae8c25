import {
  IconChartLine,
  IconCopy,
  IconDots,
  IconDownload,
  IconFileText,
  IconSearch,
  IconTable,
} from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import type { Search } from '#web/app/search.ts';
import { logsOfChart } from '#web/data/logs-link.ts';
import { formatFileTime } from '#web/format/time.ts';
import { copyText } from '#web/ui/copy-text.ts';
import { Popover } from '#web/ui/popover.tsx';
import styles from './chart.module.css';
import type { ChartSource } from './chart-data.ts';
import { chartCsv, downloadText } from './csv.ts';

export type ChartMenuProps = {
  readonly title: string;
  readonly source: ChartSource;
  readonly texts: readonly string[];
  readonly asTable: boolean;
  readonly onAsTable: (asTable: boolean) => void;
  readonly onExplore: (() => void) | undefined;
};

/** What can be done with a chart: the same on every page. */
export function ChartMenu({ title, source, texts, asTable, onAsTable, onExplore }: ChartMenuProps) {
  const navigate = useNavigate();
  const openLogs = (): void => {
    const q = logsOfChart(source.read().series, texts) || undefined;
    void navigate({ to: '/logs', search: ({ from, to, scope }: Search) => ({ from, to, scope, q }) });
  };
  const download = (): void => {
    const data = source.read();
    const name = `${title.replace(/[^\w.-]+/g, '-').replace(/^-|-$/g, '') || 'chart'}-${formatFileTime(data.to)}.csv`;
    downloadText(name, chartCsv(data), 'text/csv');
  };
  return (
    <Popover label={`Menu of ${title}`} look="quiet" align="end" button={<IconDots size={16} />}>
      {(close) => {
        const act = (action: () => void) => () => {
          action();
          close();
        };
        return (
          <div className={styles.menu}>
            {onExplore !== undefined && (
              <button type="button" onClick={act(onExplore)}>
                <IconSearch size={15} /> Explore
              </button>
            )}
            <button type="button" onClick={act(openLogs)}>
              <IconFileText size={15} /> Logs of this time
            </button>
            <button type="button" onClick={act(() => onAsTable(!asTable))}>
              {asTable ? <IconChartLine size={15} /> : <IconTable size={15} />}
              {asTable ? 'View as chart' : 'View as table'}
            </button>
            <button type="button" onClick={act(download)}>
              <IconDownload size={15} /> Download CSV
            </button>
            <button type="button" onClick={act(() => void copyText(texts.join('\n')))}>
              <IconCopy size={15} /> Copy query
            </button>
          </div>
        );
      }}
    </Popover>
  );
}
