import { lineTime } from './line-time.ts';

/** How the rows of the table stand: CSS grid tracks, and the height of a row that is not open, px. */
export type LogTableLook = { readonly tracks: string; readonly rowPx: number };

const ROW_PX = 24;
/** On narrow screens two lines of the message stand below time, level and other columns. */
const TALL_ROW_PX = 60;
const FLEXIBLE = 'minmax(0, 1fr)';
const CLOCK_LENGTH = '21:07:05.123'.length;

/** The look of rows with these columns, of which the first and the last are at these times (ms). */
export function logTableLook(columns: readonly string[], times: readonly number[], isNarrow: boolean): LogTableLook {
  const hasDays = times.some((t) => lineTime(t).length > CLOCK_LENGTH);
  const time = `28px ${hasDays ? '146px' : '96px'}`;
  if (!isNarrow) return { tracks: `${time} ${columns.map(widthOf).join(' ')}`, rowPx: ROW_PX };
  const others = columns.filter((name) => name !== 'message').map((name) => (name === 'level' ? '62px' : FLEXIBLE));
  return {
    tracks: [time, ...others, ...(others.includes(FLEXIBLE) ? [] : [FLEXIBLE])].join(' '),
    rowPx: columns.includes('message') ? TALL_ROW_PX : ROW_PX,
  };
}

function widthOf(column: string, index: number, columns: readonly string[]): string {
  if (column === 'message') return 'minmax(260px, 1fr)';
  if (column === 'level') return '68px';
  return index === columns.length - 1 && !columns.includes('message') ? 'minmax(120px, 1fr)' : '116px';
}
