import { IconExternalLink } from '@tabler/icons-react';
import type { DataLink } from '#core/api/panel-display.ts';
import { linkUrl } from '#core/panel-data/link-url.ts';
import { useTime } from '#web/app/time/use-time.ts';
import { Popover } from '#web/ui/popover.tsx';
import styles from './chart.module.css';
import type { ChartSource } from './chart-data.ts';

export type PanelLinksProps = {
  readonly title: string;
  readonly links: readonly DataLink[] | undefined;
  /** Whose series the links of series are for. */
  readonly source?: ChartSource | undefined;
};

type Target = { readonly key: string; readonly text: string; readonly url: string; readonly newTab: boolean };

/** Series that links are offered for. */
const SERIES = 12;

/** The links of a panel and of its series, behind one button; nothing where there are none. */
export function PanelLinks({ title, links = [], source }: PanelLinksProps) {
  const time = useTime();
  if (links.length === 0) return null;
  return (
    <Popover label={`Links of ${title}`} look="quiet" align="end" button={<IconExternalLink size={15} />}>
      {(close) => {
        const { fromMs, toMs } = time.range();
        const targets = targetsOf(links, source, { from: fromMs, to: toMs });
        return (
          <div className={styles.menu}>
            {targets.map(({ key, text, url, newTab }) => (
              <a key={key} href={url} rel="noreferrer" target={newTab ? '_blank' : undefined} onClick={close}>
                {text}
              </a>
            ))}
            {targets.length === 0 && <span>No link leads anywhere</span>}
          </div>
        );
      }}
    </Popover>
  );
}

function targetsOf(
  links: readonly DataLink[],
  source: ChartSource | undefined,
  range: { readonly from: number; readonly to: number },
): Target[] {
  const data = source?.read();
  return links.flatMap((link, at): Target[] => {
    const { title, url, newTab } = link;
    if (link.of === 'panel') return targetOf(linkUrl(url, range), { key: String(at), text: title || url, newTab });
    return (data?.series ?? []).slice(0, SERIES).flatMap(({ key, name, labels }, index) => {
      const values = data?.values[index] ?? new Float64Array(0);
      const last = values.findLastIndex((value) => !Number.isNaN(value));
      const context = { ...range, name, labels, value: values[last], time: data?.t[last] };
      return targetOf(linkUrl(url, context), { key: `${at} ${key}`, text: `${title || 'Open'}: ${name}`, newTab });
    });
  });
}

function targetOf(url: string | undefined, target: Omit<Target, 'url'>): Target[] {
  return url === undefined ? [] : [{ ...target, url }];
}
