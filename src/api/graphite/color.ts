/** Names of colours as graphite-web draws them. */
const NAMED: Readonly<Record<string, string>> = {
  black: '#000000',
  white: '#ffffff',
  blue: '#6464ff',
  green: '#00c800',
  red: '#c80032',
  yellow: '#ffff00',
  orange: '#ffa500',
  purple: '#c864ff',
  brown: '#966432',
  cyan: '#00ffff',
  aqua: '#009696',
  gray: '#afafaf',
  grey: '#afafaf',
  magenta: '#ff00ff',
  pink: '#ff6464',
  gold: '#c8c800',
  rose: '#c896c8',
  darkblue: '#0000ff',
  darkgreen: '#00ff00',
  darkred: '#ff0000',
  darkgray: '#6f6f6f',
  darkgrey: '#6f6f6f',
};

/** A colour of a request (`red`, `ff0000`, `#ff0000`, `ff000080` with opacity) as CSS; undefined: there is no such colour. */
export function cssColor(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const clean = text.trim().toLowerCase();
  if (clean === 'transparent' || clean === 'none') return 'transparent';
  if (Object.hasOwn(NAMED, clean)) return NAMED[clean];
  const digits = /^(?:#|%23)?([0-9a-f]{6})([0-9a-f]{2})?$/.exec(clean);
  if (digits === null) return undefined;
  const [, color = '', opacity] = digits;
  if (opacity === undefined) return `#${color}`;
  const parts = [0, 2, 4].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
  return `rgba(${parts.join(',')},${(Number.parseInt(opacity, 16) / 255).toFixed(3)})`;
}
