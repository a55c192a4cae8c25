import { LEVELS, type LogLevel, levelOf } from '#core/log-query/fields.ts';

/** How a level looks: shape and word carry it, the colour token helps. */
export type LevelLook = {
  readonly shape: string;
  readonly word: string;
  readonly colour: string;
  /** Of bars; `colour` where it is the same. */
  readonly fill?: string;
};

const LOOKS: Readonly<Record<LogLevel, LevelLook>> = {
  fatal: { shape: '✖', word: 'Fatal', colour: 'var(--status-critical)' },
  error: { shape: '■', word: 'Error', colour: 'var(--status-critical)' },
  warn: { shape: '▲', word: 'Warn', colour: 'var(--status-warning)' },
  info: {
    shape: '○',
    word: 'Info',
    colour: 'var(--text-2)',
    fill: 'color-mix(in srgb, var(--line-strong) 65%, var(--panel))',
  },
  debug: { shape: '◇', word: 'Debug', colour: 'var(--text-3)', fill: 'var(--line-strong)' },
  trace: { shape: '·', word: 'Trace', colour: 'var(--text-3)', fill: 'var(--line-strong)' },
  unknown: { shape: '–', word: 'None', colour: 'var(--text-3)', fill: 'var(--line-strong)' },
};

/** Levels, worst first. */
export const WORST_FIRST: readonly LogLevel[] = [...LEVELS.slice(1).toReversed(), 'unknown'];

/** The look of a level by its name; that of `unknown` for any other text. */
export function lookOfLevel(name: string): LevelLook {
  return Object.hasOwn(LOOKS, name) ? LOOKS[name as LogLevel] : LOOKS.unknown;
}

/** The look of a severity number. */
export function lookOfSeverity(severity: number): LevelLook {
  return LOOKS[levelOf(severity)];
}
