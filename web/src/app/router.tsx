import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  retainSearchParams,
  type SearchSchemaInput,
} from '@tanstack/react-router';
import { NotFoundPage, PageErrorCard, PagePending } from './page-states.tsx';
import { Root } from './root.tsx';
import { parseSearch, printSearch, type Search, sharedSearch } from './search.ts';

const root = createRootRoute({
  component: Root,
  validateSearch: (search: Record<string, unknown> & SearchSchemaInput): Search => sharedSearch(search),
  search: { middlewares: [retainSearchParams(['from', 'to', 'scope'])] },
});

const page = { getParentRoute: () => root } as const;

const routes = root.addChildren([
  createRoute({
    ...page,
    path: '/',
    component: lazyRouteComponent(() => import('#web/features/overview/overview-page.tsx'), 'OverviewPage'),
  }),
  createRoute({
    ...page,
    path: '/hosts',
    component: lazyRouteComponent(() => import('#web/features/hosts/hosts-page.tsx'), 'HostsPage'),
  }),
  createRoute({
    ...page,
    path: '/hosts/$host',
    component: lazyRouteComponent(() => import('#web/features/hosts/host-page.tsx'), 'HostPage'),
  }),
  createRoute({
    ...page,
    path: '/services',
    component: lazyRouteComponent(() => import('#web/features/services/services-page.tsx'), 'ServicesPage'),
  }),
  createRoute({
    ...page,
    path: '/explore',
    component: lazyRouteComponent(() => import('#web/features/explore/explore-page.tsx'), 'ExplorePage'),
  }),
  createRoute({
    ...page,
    path: '/logs',
    component: lazyRouteComponent(() => import('#web/features/logs/logs-page.tsx'), 'LogsPage'),
  }),
  createRoute({
    ...page,
    path: '/dashboards',
    component: lazyRouteComponent(() => import('#web/features/dashboards/dashboards-page.tsx'), 'DashboardsPage'),
  }),
  createRoute({
    ...page,
    path: '/dashboards/$id',
    component: lazyRouteComponent(() => import('#web/features/dashboards/dashboard-page.tsx'), 'DashboardPage'),
  }),
  createRoute({
    ...page,
    path: '/timeline',
    component: lazyRouteComponent(() => import('#web/features/events/events-page.tsx'), 'EventsPage'),
  }),
  createRoute({
    ...page,
    path: '/rules',
    component: lazyRouteComponent(() => import('#web/features/rules/rules-page.tsx'), 'RulesPage'),
  }),
  createRoute({
    ...page,
    path: '/settings',
    component: lazyRouteComponent(() => import('#web/features/settings/settings-page.tsx'), 'SettingsPage'),
  }),
  createRoute({
    ...page,
    path: '/login',
    component: lazyRouteComponent(() => import('#web/features/access/after-login.tsx'), 'AfterLogin'),
  }),
  createRoute({
    ...page,
    path: '/setup',
    component: lazyRouteComponent(() => import('#web/features/access/after-login.tsx'), 'AfterLogin'),
  }),
]);

/** The router of the program. All state of a page is in its URL; time and scope are carried from page to page. */
export function createAppRouter() {
  return createRouter({
    routeTree: routes,
    parseSearch,
    stringifySearch: printSearch,
    defaultPreload: 'intent',
    defaultPendingMs: 150,
    defaultPendingComponent: PagePending,
    defaultErrorComponent: PageErrorCard,
    defaultNotFoundComponent: NotFoundPage,
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
