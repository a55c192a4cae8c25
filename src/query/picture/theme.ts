import type { ChartSpec } from './chart-spec.ts';

/** The colours of a picture. */
export type PictureTheme = {
  readonly background: string;
  readonly text: string;
  readonly quiet: string;
  readonly line: string;
  readonly threshold: string;
  readonly palette: readonly string[];
};

/** The tokens of the web UI (`web/src/styles/tokens.css`). */
const THEMES: Readonly<Record<'light' | 'dark', PictureTheme>> = {
  light: {
    background: '#ffffff',
    text: '#1a2028',
    quiet: '#4a545e',
    line: '#dde1e6',
    threshold: '#860009',
    palette: ['#362ab0', '#9f5928', '#29a59b', '#830100', '#a778fe', '#c38a0e', '#2c749a', '#55225b'],
  },
  dark: {
    background: '#171b21',
    text: '#e6eaf0',
    quiet: '#a9b4c2',
    line: '#2a313b',
    threshold: '#f54e49',
    palette: ['#5e61e5', '#e07b03', '#51d0a8', '#be3200', '#bc93fc', '#e9e33a', '#91f9fc', '#855a82'],
  },
};

/** The font of pictures. */
export const FONT = 'DejaVu Sans';

/** The theme of a picture with its own colours put in. */
export function themeOf(spec: Pick<ChartSpec, 'theme' | 'background' | 'foreground' | 'palette'>): PictureTheme {
  const base = THEMES[spec.theme ?? 'light'];
  const { background = base.background, foreground, palette = base.palette } = spec;
  return {
    ...base,
    background,
    palette: palette.length === 0 ? base.palette : palette,
    ...(foreground === undefined ? {} : { text: foreground, quiet: foreground }),
  };
}

/** Dash patterns tell series apart once the palette has been used up. */
const DASHES: readonly (readonly number[] | undefined)[] = [undefined, [6, 3], [2, 2], [8, 3, 2, 3]];

/** Colour and dash of the series at a place. */
export function styleAt(theme: PictureTheme, index: number): { color: string; dash: readonly number[] | undefined } {
  const { palette } = theme;
  const color = palette[index % palette.length] ?? theme.text;
  return { color, dash: DASHES[Math.floor(index / palette.length) % DASHES.length] };
}
