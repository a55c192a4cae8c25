import type { Threshold } from '#core/api/panel-display.ts';
import { cssColour } from '#web/charts/palette.ts';
import type { ShownValue } from './shown-value.ts';

/** Shape and word of a status: colour is never the only carrier. */
const MARKS: Readonly<Record<Threshold['status'], readonly [shape: string, word: string]>> = {
  ok: ['●', 'OK'],
  warning: ['▲', 'Warning'],
  major: ['◆', 'Major'],
  critical: ['■', 'Critical'],
};

type Look = Pick<ShownValue, 'status' | 'colour'>;

/** Writes a status to an element as colour and to its mark as shape and word; a colour of one's own only to the mark. */
export function writeStatus(element: HTMLElement, mark: Element | undefined, { status, colour }: Look): void {
  const look = status ?? colour ?? '';
  if (element.dataset['look'] === look) return;
  element.dataset['look'] = look;
  element.dataset['status'] = status ?? '';
  element.style.setProperty('--own', colour === undefined ? '' : cssColour(colour));
  if (mark === undefined) return;
  const [shape, word] = status === undefined ? [colour === undefined ? '' : '●', ''] : MARKS[status];
  mark.textContent = shape;
  mark.setAttribute('title', word);
}
