import { IconExternalLink } from '@tabler/icons-react';
import type { Dashboard } from '#core/api/dashboard.ts';
import type { VariableValues } from '#core/metric-query/variables.ts';
import { linkUrl } from '#core/panel-data/link-url.ts';
import { useTime } from '#web/app/time/use-time.ts';
import styles from './dashboard.module.css';
import { fillLink } from './variables.ts';

export type DashboardLinksProps = {
  readonly links: Dashboard['links'];
  readonly values: VariableValues;
};

/** The links of a dashboard, with the chosen values and the time of the moment; one that leads nowhere is not shown. */
export function DashboardLinks({ links = [], values }: DashboardLinksProps) {
  const { fromMs, toMs } = useTime().range();
  const shown = links.flatMap((link) => {
    const { title, url, newTab } = fillLink(link, values);
    const address = linkUrl(url, { from: fromMs, to: toMs });
    return address === undefined ? [] : [{ text: title || url, address, newTab }];
  });
  if (shown.length === 0) return null;
  return (
    <nav className={styles.links} aria-label="Links of the dashboard">
      {shown.map(({ text, address, newTab }) => (
        <a key={`${text} ${address}`} href={address} rel="noreferrer" target={newTab ? '_blank' : undefined}>
          {text}
          {newTab && <IconExternalLink size={14} aria-hidden="true" />}
        </a>
      ))}
    </nav>
  );
}
