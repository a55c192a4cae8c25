import {
  IconCalendarEvent,
  IconChartLine,
  IconFileText,
  IconLayoutDashboard,
  IconLayoutGrid,
  IconMathFunction,
  IconServer2,
  IconSettings,
  IconStack2,
} from '@tabler/icons-react';

/** One entry of the rail. `key` goes there after `g`. */
export type PageEntry = {
  readonly to:
    | '/'
    | '/hosts'
    | '/services'
    | '/explore'
    | '/logs'
    | '/timeline'
    | '/dashboards'
    | '/rules'
    | '/settings';
  readonly label: string;
  readonly key: string;
  readonly icon: typeof IconLayoutGrid;
};

/** All pages in the order of the rail, by group. */
export const PAGE_GROUPS: readonly { readonly title: string; readonly pages: readonly PageEntry[] }[] = [
  { title: '', pages: [{ to: '/', label: 'Overview', key: 'o', icon: IconLayoutGrid }] },
  {
    title: 'Infrastructure',
    pages: [
      { to: '/hosts', label: 'Hosts', key: 'h', icon: IconServer2 },
      { to: '/services', label: 'Services', key: 'v', icon: IconStack2 },
    ],
  },
  {
    title: 'Explore',
    pages: [
      { to: '/explore', label: 'Metrics', key: 'm', icon: IconChartLine },
      { to: '/logs', label: 'Logs', key: 'l', icon: IconFileText },
      { to: '/timeline', label: 'Events', key: 'e', icon: IconCalendarEvent },
    ],
  },
  {
    title: 'More',
    pages: [
      { to: '/dashboards', label: 'Dashboards', key: 'd', icon: IconLayoutDashboard },
      { to: '/rules', label: 'Rules', key: 'r', icon: IconMathFunction },
      { to: '/settings', label: 'Settings', key: 's', icon: IconSettings },
    ],
  },
];

/** The same without groups. */
export const PAGES: readonly PageEntry[] = PAGE_GROUPS.flatMap(({ pages }) => pages);

/** The page an address belongs to. */
export function pageOf(pathname: string): PageEntry | undefined {
  return PAGES.findLast(({ to }) => (to === '/' ? pathname === '/' : pathname === to || pathname.startsWith(`${to}/`)));
}
