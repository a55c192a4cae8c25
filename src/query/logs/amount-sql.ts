import { DURATION_SECONDS, type LogAmount, SIZE_BYTES, secondsOfField, WITH_UNIT } from '#core/log-query/amount.ts';
import { textLiteral } from '#query/metrics/literal.ts';

/**
 * The value of a text in the unit that it is compared in, NULL where it is none: the SQL of `amountOf`. Plain numbers of
 * durations are in the unit that the field's name says.
 */
export function amountSql(text: string, field: string, unit: LogAmount['unit']): string {
  const plain = numberSql(text);
  if (unit === 'number') return plain;
  const isDuration = unit === 'duration';
  const scaled = isDuration ? `${plain} * ${secondsOfField(field)}` : plain;
  const units = isDuration ? DURATION_SECONDS : SIZE_BYTES;
  const word = `extract(${text}, '[A-Za-zµ]+$')`;
  const names = Object.keys(units).map(textLiteral).join(',');
  const factor = `transform(${isDuration ? word : `lower(${word})`}, [${names}], [${Object.values(units).map(floatText).join(',')}], NULL)`;
  const count = `toFloat64OrNull(extract(${text}, '^[+-]?[0-9]+(?:[.][0-9]+)?'))`;
  return `if(match(${text}, ${textLiteral(WITH_UNIT)}), ${count} * ${factor}, ${scaled})`;
}

/** A plain decimal number of a text, NULL where it is none; infinities are none. */
export function numberSql(text: string): string {
  return `if(isFinite(toFloat64OrNull(${text})), toFloat64OrNull(${text}), NULL)`;
}

const floatText = (value: number): string => `toFloat64(${value})`;
