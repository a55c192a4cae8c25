import { useCallback, useSyncExternalStore } from 'react';

/** Screens on which rows stand in more than one line; style sheets say the same. */
export const NARROW = '(max-width: 720px)';

/** Whether a media query holds, now and whenever it changes. */
export function useMedia(text: string): boolean {
  const watch = useCallback(
    (onChange: () => void): (() => void) => {
      const query = matchMedia(text);
      query.addEventListener('change', onChange);
      return () => query.removeEventListener('change', onChange);
    },
    [text],
  );
  return useSyncExternalStore(watch, () => matchMedia(text).matches);
}
