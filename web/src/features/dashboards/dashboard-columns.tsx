import { Link } from '@tanstack/react-router';
import type { StoredDashboard } from '#core/api/dashboard.ts';
import type { Search } from '#web/app/search.ts';
import { formatDateTime } from '#web/format/time.ts';
import type { Column } from '#web/ui/data-table-column.ts';
import styles from './dashboard.module.css';

/** Columns of the list of dashboards. */
export const dashboardColumns: readonly Column<StoredDashboard>[] = [
  {
    key: 'title',
    header: 'Title',
    width: 'minmax(160px, 2fr)',
    sortValue: ({ dashboard }) => dashboard.title.toLowerCase(),
    cell: ({ id, dashboard, builtIn }) => (
      <span className={styles.titleCell}>
        <Link to="/dashboards/$id" params={{ id }} search={(before: Search) => before}>
          {dashboard.title}
        </Link>
        {builtIn && <span className={styles.badge}>built-in</span>}
      </span>
    ),
  },
  {
    key: 'tags',
    header: 'Tags',
    width: 'minmax(100px, 1fr)',
    wideOnly: true,
    cell: ({ dashboard }) => dashboard.tags.join(', '),
  },
  {
    key: 'panels',
    header: 'Panels',
    width: '80px',
    align: 'end',
    sortValue: ({ dashboard }) => dashboard.panels.length,
    cell: ({ dashboard }) => dashboard.panels.length,
  },
  {
    key: 'changed',
    header: 'Changed',
    width: '220px',
    wideOnly: true,
    sortValue: ({ updatedAt }) => updatedAt,
    cell: ({ updatedAt, updatedBy, builtIn }) =>
      builtIn ? <span className={styles.small}>with the product</span> : `${formatDateTime(updatedAt)} by ${updatedBy}`,
  },
];
