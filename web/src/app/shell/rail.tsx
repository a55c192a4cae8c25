import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { usePreferences } from '#web/app/preferences.ts';
import type { Search } from '#web/app/search.ts';
import { useSelf } from '#web/data/self.ts';
import { formatAge } from '#web/format/duration.ts';
import { formatValue } from '#web/format/value.ts';
import { Button } from '#web/ui/button.tsx';
import { useEscape } from '#web/ui/use-escape.ts';
import { Logo } from './logo.tsx';
import { PAGE_GROUPS, type PageEntry } from './pages.ts';
import styles from './rail.module.css';

type RailProps = { readonly collapsed: boolean; readonly open: boolean; readonly onClose: () => void };

/** The pages, grouped; on narrow screens it slides over the page. */
export function Rail({ collapsed, open, onClose }: RailProps) {
  useEscape(open, onClose);
  const toggle = usePreferences((preferences) => preferences.toggleRail);
  return (
    <>
      {open && <button type="button" className={styles.backdrop} aria-label="Close the menu" onClick={onClose} />}
      <nav className={styles.rail} data-collapsed={collapsed} data-open={open} aria-label="Pages">
        <div className={styles.inner}>
          <Link to="/" className={styles.brand} onClick={onClose} aria-label="NOCMATE-Rx, overview">
            <Logo />
            <strong className={styles.word}>NOCMATE-Rx</strong>
          </Link>
          {PAGE_GROUPS.map(({ title, pages }) => (
            <div key={title} className={styles.group}>
              {title !== '' && <p className={styles.title}>{title}</p>}
              {pages.map((page) => (
                <RailLink key={page.to} page={page} onClick={onClose} />
              ))}
            </div>
          ))}
          <RailFigures />
          <Button
            look="quiet"
            className={styles.toggle}
            aria-label={collapsed ? 'Widen the menu' : 'Narrow the menu'}
            onClick={toggle}
          >
            {collapsed ? <IconLayoutSidebarLeftExpand size={16} /> : <IconLayoutSidebarLeftCollapse size={16} />}
          </Button>
        </div>
      </nav>
    </>
  );
}

function RailLink({ page, onClick }: { page: PageEntry; onClick: () => void }) {
  const Icon = page.icon;
  return (
    <Link
      to={page.to}
      className={styles.link}
      activeOptions={{ exact: page.to === '/', includeSearch: false }}
      onClick={onClick}
      title={page.label}
    >
      <Icon size={16} stroke={1.75} aria-hidden="true" />
      <span className={styles.word}>{page.label}</span>
    </Link>
  );
}

function RailFigures() {
  const { data } = useSelf();
  if (data === undefined) return <div className={styles.figures} />;
  return (
    <Link to="/settings" search={(search: Search) => ({ ...search, tab: 'self' })} className={styles.figures}>
      <span>
        Ingest <span>{formatValue(data.ingestRate, '')}/s</span>
      </span>
      <span>
        Lag <span>{formatAge(data.insertLagMs)}</span>
      </span>
    </Link>
  );
}
