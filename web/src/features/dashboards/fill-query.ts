import type { PanelQuery } from '#core/api/dashboard.ts';
import { substituteVariables, type VariableValues } from '#core/metric-query/variables.ts';
import { fillFormatted, RENDER } from './fill-formatted.ts';
import { fillLogQuery } from './fill-log-query.ts';

/** The default format of several values, by language. */
const FORMATS = { promql: 'regex', graphite: 'glob', sql: 'singlequote' } as const;

/** A query with the chosen values: one as it is, several as the language can say them. */
export function fillQuery({ language, text }: Pick<PanelQuery, 'language' | 'text'>, values: VariableValues): string {
  if (language === 'logs') return fillLogQuery(text, values);
  if (language === 'metrics')
    return substituteVariables(
      fillFormatted(text, values, () => undefined),
      values,
    );
  const render = RENDER[FORMATS[language]];
  return fillFormatted(text, values, (value) => (typeof value === 'string' ? value : render?.(value)));
}
