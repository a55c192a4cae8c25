import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTime } from '#web/app/time/use-time.ts';
import type { Overlay } from './overlay.ts';
import { PAGES } from './pages.ts';

/** After `g` the letter of a page has this long. */
const GO_MS = 1_200;

/** The keys that work on every page; the list of them is in the keys dialog. */
export function useShellKeys(setOverlay: (overlay: Overlay) => void): void {
  const navigate = useNavigate();
  const time = useTime();
  const goUntil = useRef(0);
  useEffect(() => {
    const actions: Readonly<Record<string, () => void>> = {
      '?': () => setOverlay('keys'),
      '/': () => setOverlay('palette'),
      z: time.zoomOut,
      l: time.live ? time.pause : time.resume,
      '[': () => time.step(-1),
      ']': () => time.step(1),
      t: () => document.querySelector<HTMLElement>('[data-time-button] button')?.click(),
      g: () => {
        goUntil.current = performance.now() + GO_MS;
      },
    };
    const onKeyDown = (event: KeyboardEvent): void => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        setOverlay('palette');
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isBusy(event.target)) return;
      const page = performance.now() < goUntil.current ? PAGES.find(({ key }) => key === event.key) : undefined;
      goUntil.current = 0;
      const action = page === undefined ? actions[event.key] : () => void navigate({ to: page.to });
      if (action === undefined) return;
      event.preventDefault();
      action();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [navigate, setOverlay, time]);
}

/** Letters belong to whoever is typing, and to an open dialog. */
function isBusy(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.closest('input, textarea, select, dialog, [role="application"]') !== null;
}
