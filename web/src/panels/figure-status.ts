import type { Threshold } from '#core/api/dashboard.ts';

/** Shape and word of a status: colour is never the only carrier. */
const MARKS: Readonly<Record<Threshold['status'], readonly [shape: string, word: string]>> = {
  ok: ['●', 'OK'],
  warning: ['▲', 'Warning'],
  major: ['◆', 'Major'],
  critical: ['■', 'Critical'],
};

/** Writes a status to an element as colour and to its mark as shape and word. */
export function writeStatus(
  element: HTMLElement,
  mark: Element | undefined,
  status: Threshold['status'] | undefined,
): void {
  if (element.dataset['status'] === (status ?? '')) return;
  element.dataset['status'] = status ?? '';
  if (mark === undefined) return;
  const [shape, word] = status === undefined ? ['', ''] : MARKS[status];
  mark.textContent = shape;
  mark.setAttribute('title', word);
}
