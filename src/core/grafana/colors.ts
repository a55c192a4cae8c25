import type { Threshold } from '#core/api/panel-display.ts';

type Status = Threshold['status'];

const RED_TO = 20;
const ORANGE_TO = 42;
const YELLOW_TO = 70;
const RED_FROM = 320;
const GREY = 0.12;

const NAMES: Readonly<Record<string, Status>> = { red: 'critical', orange: 'major', yellow: 'warning' };

/** The status that a colour says: red critical, orange major, yellow warning, all others ok. */
export function statusOfColor(color: string): Status {
  const name = /^(?:super-light|light|semi-dark|dark)?-?(red|orange|yellow)$/.exec(color.trim());
  if (name !== null) return NAMES[name[1] as string] as Status;
  const rgb = rgbOf(color.trim().toLowerCase());
  if (rgb === undefined) return 'ok';
  const [hue, saturation] = hueOf(rgb);
  if (saturation < GREY) return 'ok';
  if (hue <= RED_TO || hue >= RED_FROM) return 'critical';
  if (hue <= ORANGE_TO) return 'major';
  return hue <= YELLOW_TO ? 'warning' : 'ok';
}

type Rgb = readonly [number, number, number];

/** Red, green and blue of a written colour; undefined for a name. */
export function rgbOf(color: string): Rgb | undefined {
  const [, hex = ''] = /^#([0-9a-f]{3}|[0-9a-f]{6})(?:[0-9a-f]{2})?$/.exec(color) ?? [];
  const digits = hex.length === 3 ? [...hex].map((digit) => digit + digit) : (hex.match(/../g) ?? []);
  const [r, g, b] =
    hex === '' ? (color.match(/[\d.]+/g) ?? []).map(Number) : digits.map((pair) => Number.parseInt(pair, 16));
  if (r === undefined || g === undefined || b === undefined) return undefined;
  return hex !== '' || /^rgba?\(/.test(color) ? [r, g, b] : undefined;
}

/** Hue in degrees and saturation (0..1) of HSV. */
function hueOf([r, g, b]: Rgb): [hue: number, saturation: number] {
  const most = Math.max(r, g, b);
  const span = most - Math.min(r, g, b);
  if (span === 0) return [0, 0];
  const sector = most === r ? ((g - b) / span + 6) % 6 : most === g ? (b - r) / span + 2 : (r - g) / span + 4;
  return [sector * 60, span / most];
}
