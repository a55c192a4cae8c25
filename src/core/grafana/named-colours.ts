import type { Colour } from '#core/api/panel-display.ts';
import { rgbOf, statusOfColor } from './colors.ts';

/** Grafana's named colours, from the lightest to the darkest. */
const SHADES: Readonly<Record<string, readonly string[]>> = {
  red: ['#ffa6b0', '#ff7383', '#f2495c', '#e02f44', '#c4162a'],
  orange: ['#ffcb7d', '#ffb357', '#ff9830', '#ff780a', '#fa6400'],
  yellow: ['#fff899', '#ffee52', '#fade2a', '#f2cc0c', '#e0b400'],
  green: ['#c8f2c2', '#96d98d', '#73bf69', '#56a64b', '#37872d'],
  blue: ['#c0d8ff', '#8ab8ff', '#5794f2', '#3274d9', '#1f60c4'],
  purple: ['#deb6f2', '#ca95e5', '#b877d9', '#a352cc', '#8f3bb8'],
};
const PREFIXES = ['super-light-', 'light-', '', 'semi-dark-', 'dark-'];

/** Colours whose channels all lie beyond these are not seen on one of the two themes. */
const DARKEST = 40;
const LIGHTEST = 225;

/** The colour of a series; undefined for those that say none, as `text` and `transparent`, and for black and white. */
export function seriesColour(color: string): Colour | undefined {
  const text = color.trim().toLowerCase();
  const [, prefix = '', name = ''] = /^(super-light-|light-|semi-dark-|dark-)?([a-z]+)$/.exec(text) ?? [];
  const shades = Object.hasOwn(SHADES, name) ? SHADES[name] : undefined;
  if (shades !== undefined) return shades[PREFIXES.indexOf(prefix)];
  const rgb = rgbOf(text);
  if (rgb === undefined) return undefined;
  const bytes = rgb.map((part) => Math.min(255, Math.max(0, Math.round(part))));
  if (Math.min(...bytes) > LIGHTEST || Math.max(...bytes) < DARKEST) return undefined;
  return `#${bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** The colour of a value's text: of a status where the name says one. */
export function valueColour(color: string | undefined): Colour | undefined {
  if (color === undefined || color.trim() === '') return undefined;
  return /^(?:[a-z]+-)*(?:red|orange|yellow|green)$/.test(color.trim()) ? statusOfColor(color) : seriesColour(color);
}
