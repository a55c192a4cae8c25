import { useEffect, useSyncExternalStore } from 'react';
import { usePreferences } from './preferences.ts';

const LIGHT = '(prefers-color-scheme: light)';

/** Puts the chosen theme on the document; `auto` follows the system. */
export function useTheme(): 'dark' | 'light' {
  const theme = usePreferences((preferences) => preferences.theme);
  const systemLight = useSyncExternalStore(watchSystem, () => matchMedia(LIGHT).matches);
  const scheme = theme === 'auto' ? (systemLight ? 'light' : 'dark') : theme;
  useEffect(() => {
    document.documentElement.dataset['theme'] = scheme;
    document.documentElement.style.colorScheme = scheme;
  }, [scheme]);
  return scheme;
}

function watchSystem(onChange: () => void): () => void {
  const query = matchMedia(LIGHT);
  query.addEventListener('change', onChange);
  return () => query.removeEventListener('change', onChange);
}
