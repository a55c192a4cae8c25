import type { TableHeader, TextHeader, TextRangeHeader } from '#core/api/text-query.ts';
import type { Frame } from '#core/frame.ts';
import { type Labels, NAME_LABEL } from '#core/model/labels.ts';

const NUMBER = /^(?:number$|(?:Nullable\()?(?:U?Int\d|Float\d|Decimal))/;
const STEP_MS = 1_000;

/**
 * Rows without a time as series of one value: a series for each row and each column of numbers, its texts as labels.
 * For panels that show one figure a series; an answer of series, and a table without numbers, stay as they are.
 */
export function tableAsLines(frame: Frame<TextHeader>, at: number): Frame<TextHeader> {
  const { header } = frame;
  if (header.type !== 'table') return frame;
  const numbers = header.fields.flatMap(({ type }, index) => (NUMBER.test(type) ? [index] : []));
  if (numbers.length === 0) return frame;
  const cells = header.rows.flatMap((row) => numbers.map((column) => ({ row, column })));
  const range: TextRangeHeader = {
    ...{ type: 'range', start: Math.max(0, at - STEP_MS), step: STEP_MS, points: 1, resolution: 'raw', band: false },
    series: cells.map(({ row, column }, index) => ({ sid: String(index), labels: labelsOf(header, row, column) })),
    ...{ truncated: header.truncated, unit: '', stats: header.stats },
    ...(header.annotations === undefined ? {} : { annotations: header.annotations }),
  };
  return { header: range, columns: cells.map(({ row, column }) => Float64Array.of(numberOf(row[column]))) };
}

function labelsOf({ fields }: TableHeader, row: readonly unknown[], column: number): Labels {
  const texts = fields.flatMap(({ name, type }, index): [string, string][] =>
    NUMBER.test(type) || row[index] === null ? [] : [[name, String(row[index])]],
  );
  const isOnly = texts.length > 0 && fields.filter(({ type }) => NUMBER.test(type)).length === 1;
  return { ...Object.fromEntries(texts), ...(isOnly ? {} : { [NAME_LABEL]: fields[column]?.name ?? '' }) };
}

const numberOf = (value: unknown): number => (value === null || value === undefined ? Number.NaN : Number(value));
