import type { KeyboardEvent } from 'react';

/** `j` and `k` go from line to line; Enter opens the one that has the focus. */
export function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'j' ? 1 : event.key === 'k' ? -1 : 0;
  if (step === 0 || event.ctrlKey || event.metaKey) return;
  const toggles = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-toggle]')];
  const at = toggles.indexOf(document.activeElement as HTMLElement);
  toggles[at < 0 ? 0 : Math.min(toggles.length - 1, Math.max(0, at + step))]?.focus();
  event.preventDefault();
}
