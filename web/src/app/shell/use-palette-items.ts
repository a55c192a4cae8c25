import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { HostSummary } from '#core/api/hosts.ts';
import { usePreferences } from '#web/app/preferences.ts';
import type { Search } from '#web/app/search.ts';
import { useTime } from '#web/app/time/use-time.ts';
import { useCollectors } from '#web/data/collectors.ts';
import { useApi } from '#web/data/data-context.ts';
import { searchOfSaved, useSavedSearches } from '#web/data/saved-searches.ts';
import type { Overlay } from './overlay.ts';
import { PAGES } from './pages.ts';
import type { PaletteItem } from './palette-items.ts';
import { useLogOut } from './user-menu.tsx';

/** Everything that can be gone to or done from the palette. */
export function usePaletteItems(onOverlay: (overlay: Overlay) => void): readonly PaletteItem[] {
  const navigate = useNavigate();
  const pages = PAGES.map(
    ({ to, label, key }): PaletteItem => ({
      id: to,
      group: 'Pages',
      label,
      hint: `g ${key}`,
      run: () => void navigate({ to }),
    }),
  );
  return [
    ...pages,
    ...useActions(onOverlay),
    ...useSearchItems(),
    ...useHostItems(),
    ...useServiceItems(),
    ...useMetricItems(),
  ];
}

function useActions(onOverlay: (overlay: Overlay) => void): readonly PaletteItem[] {
  const time = useTime();
  const { theme, setTheme } = usePreferences();
  const logOut = useLogOut();
  const action = (label: string, run: () => void, hint?: string): PaletteItem => ({
    id: label,
    group: 'Actions',
    label,
    run,
    ...(hint === undefined ? {} : { hint }),
  });
  return [
    time.live ? action('Pause', time.pause, 'l') : action('Go live', time.resume, 'l'),
    action('Zoom out', time.zoomOut, 'z'),
    action('Last 15 minutes', () => time.setRange('now-15m', 'now')),
    action('Last 24 hours', () => time.setRange('now-1d', 'now')),
    theme === 'light' ? action('Dark theme', () => setTheme('dark')) : action('Light theme', () => setTheme('light')),
    action('Keyboard help', () => onOverlay('keys'), '?'),
    action('Change password', () => onOverlay('password')),
    action('Log out', () => void logOut()),
  ];
}

function useSearchItems(): readonly PaletteItem[] {
  const navigate = useNavigate();
  const { data = [] } = useSavedSearches();
  return data.map((saved) => ({
    id: `search ${saved.id}`,
    group: 'Searches',
    label: saved.search.name,
    run: () => void navigate({ to: '/logs', search: (search: Search) => ({ ...search, ...searchOfSaved(saved) }) }),
  }));
}

function useHostItems(): readonly PaletteItem[] {
  const api = useApi();
  const navigate = useNavigate();
  const { data = [] } = useQuery({
    queryKey: ['hosts'],
    queryFn: ({ signal }) => api.json<readonly HostSummary[]>('/api/hosts', { signal }),
  });
  return data.map(({ host }) => ({
    id: `host ${host}`,
    group: 'Hosts',
    label: host,
    run: () => void navigate({ to: '/hosts/$host', params: { host } }),
  }));
}

function useServiceItems(): readonly PaletteItem[] {
  const navigate = useNavigate();
  const { data = [] } = useCollectors();
  return data.map(({ plugin, title, target }) => ({
    id: `service ${plugin} ${target}`,
    group: 'Services',
    label: `${title} ${target}`,
    run: () => void navigate({ to: '/services', search: (search: Search) => ({ ...search, q: target }) }),
  }));
}

function useMetricItems(): readonly PaletteItem[] {
  const api = useApi();
  const navigate = useNavigate();
  const { data = [] } = useQuery({
    queryKey: ['metric-names'],
    queryFn: ({ signal }) =>
      api.json<readonly string[]>('/api/query/label-values', { query: { label: '__name__', limit: 5_000 }, signal }),
    staleTime: 60_000,
  });
  return data.map((name) => ({
    id: `metric ${name}`,
    group: 'Metrics',
    label: name,
    run: () => void navigate({ to: '/explore', search: (search: Search) => ({ ...search, q: name }) }),
  }));
}
