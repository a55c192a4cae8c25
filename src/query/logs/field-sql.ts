import { fieldKind, LEVELS, type LogFieldKind } from '#core/log-query/fields.ts';
import { textLiteral } from '#query/metrics/literal.ts';
import { quoteIdentifier } from '#storage/clickhouse/engine/literal.ts';
import { type LogIndex, mayHaveValue } from './log-index.ts';
import { NO_PATTERN_NAMES, patternIs, patternText } from './pattern-sql.ts';

/** The field that is a row's id. */
export const ROW_ID = '_id';

/** How conditions and groups find a field in what they are asked of: the table of logs, or an earlier answer. */
export type FieldSource = {
  /** The field's text as SQL; never NULL. Throws `bad_query` where there is no such field. */
  readonly text: (field: string) => string;
  readonly kind: (field: string) => LogFieldKind;
  /** The indexes of the table, where it is the table that is read. */
  readonly index: LogIndex | undefined;
};

/** The fields of log rows. `derived` are fields that pipes made: their SQL by name. */
export function recordFields(
  index: LogIndex | undefined,
  derived: ReadonlyMap<string, string> = new Map(),
): FieldSource {
  return {
    text: (field) => derived.get(field) ?? recordText(field, index),
    kind: (field) => (derived.has(field) ? 'any' : fieldKind(field)),
    index,
  };
}

const LEVEL_NAMES = LEVELS.map(textLiteral).join(',');

function recordText(field: string, index: LogIndex | undefined): string {
  switch (fieldKind(field)) {
    case 'message':
      return 'body';
    case 'host':
      return 'host';
    case 'service':
      return 'service';
    case 'source':
      return 'source';
    case 'trace':
      return 'trace_id';
    case 'span':
      return 'span_id';
    case 'severity':
      return `transform(intDiv(severity + 3, 4), [0,1,2,3,4,5,6], [${LEVEL_NAMES}], 'fatal')`;
    case 'time':
      return "formatDateTime(ts, '%Y-%m-%dT%H:%i:%S.%fZ', 'UTC')";
    case 'pattern':
      return patternText(index?.patterns ?? NO_PATTERN_NAMES);
    case 'any':
      return field === ROW_ID
        ? "concat(toString(toUnixTimestamp64Micro(ts)), '_', toString(seq))"
        : attributeText(field, index?.fieldsApart ?? false);
  }
}

/**
 * Attributes come before resources of the same name. Where fields lie apart, their parts of the columns are named: the engine
 * would read all fields of a row for one of them as soon as a statement also names the whole column, as words and answers do.
 */
function attributeText(field: string, apart: boolean): string {
  const of = (map: string): string =>
    apart ? `${map}.${quoteIdentifier(`key_${field}`)}` : `${map}[${textLiteral(field)}]`;
  return `if(${of('attrs')} != '', ${of('attrs')}, ${of('resource')})`;
}

/** Rows whose field has this text; attributes and resources of the table are found by its indexes. */
export function fieldEquals(field: string, value: string, { text, kind, index }: FieldSource): string {
  if (kind(field) === 'pattern') return patternIs(value, index?.patterns ?? NO_PATTERN_NAMES);
  const equal = `${text(field)} = ${textLiteral(value)}`;
  const isStored = index !== undefined && text(field) === attributeText(field, index.fieldsApart);
  const indexed = isStored ? mayHaveValue(field, value, index.words) : undefined;
  return indexed === undefined ? equal : `(${indexed} AND ${equal})`;
}
