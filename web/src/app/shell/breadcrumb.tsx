import { skipToken, useQuery } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import type { StoredDashboard } from '#core/api/dashboard.ts';
import styles from './breadcrumb.module.css';
import { pageOf } from './pages.ts';

/** The page, and what of it is shown. */
export function Breadcrumb() {
  const pathname = useLocation({ select: (location) => location.pathname });
  const page = pageOf(pathname);
  const rest = page === undefined || page.to === '/' ? '' : pathname.slice(page.to.length + 1);
  return (
    <nav className={styles.crumbs} aria-label="Where you are">
      {rest === '' || page === undefined ? (
        <span aria-current="page">{page?.label ?? 'NOCMATE-Rx'}</span>
      ) : (
        <>
          <Link to={page.to}>{page.label}</Link>
          <span aria-hidden="true">/</span>
          <span aria-current="page">
            {page.to === '/dashboards' ? <DashboardTitle id={rest} /> : decodeURIComponent(rest)}
          </span>
        </>
      )}
    </nav>
  );
}

/** The title as the page that asked for the dashboard knows it. */
function DashboardTitle({ id }: { readonly id: string }) {
  const { data } = useQuery<StoredDashboard>({ queryKey: ['dashboards', id], queryFn: skipToken });
  return data?.dashboard.title ?? '…';
}
