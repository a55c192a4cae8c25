import { useEffect } from 'react';
import { usePreferences } from './preferences.ts';
import { useMedia } from './use-media.ts';

/** Puts the chosen theme on the document; `auto` follows the system. */
export function useTheme(): 'dark' | 'light' {
  const theme = usePreferences((preferences) => preferences.theme);
  const systemLight = useMedia('(prefers-color-scheme: light)');
  const scheme = theme === 'auto' ? (systemLight ? 'light' : 'dark') : theme;
  useEffect(() => {
    document.documentElement.dataset['theme'] = scheme;
    document.documentElement.style.colorScheme = scheme;
  }, [scheme]);
  return scheme;
}
