import { ALL_VALUES, type Dashboard, type Panel, type Variable } from '#core/api/dashboard.ts';
import type { VariableValues } from '#core/metric-query/variables.ts';
import { chosenValue } from './choice-text.ts';
import { fillFormatted } from './fill-formatted.ts';
import { fillLogQuery } from './fill-log-query.ts';
import { fillQuery } from './fill-query.ts';

/** The search parameter that holds a variable. */
export function variableParameter(name: string): string {
  return `var-${name}`;
}

/** The chosen values: of the URL, else the default, else the first offered (or all, where that is offered). */
export function chosenValues(
  variables: readonly Variable[],
  search: Readonly<Record<string, unknown>>,
  offered: Readonly<Record<string, readonly string[]>>,
): VariableValues {
  return Object.fromEntries(
    variables.map((variable) => {
      const list = offered[variable.name] ?? [];
      return [variable.name, chosenValue(variable, chosenText(variable, search, list), list)];
    }),
  );
}

/** The choice as a text, as it stands in the URL. */
export function chosenText(
  variable: Variable,
  search: Readonly<Record<string, unknown>>,
  offered: readonly string[],
): string {
  const chosen = search[variableParameter(variable.name)];
  if (typeof chosen === 'string') return chosen;
  return variable.value || (variable.includeAll ? ALL_VALUES : (offered[0] ?? ''));
}

/** Puts values into the words of a panel: title and text, where no query quoting is wanted. */
export function fillWords(text: string, values: VariableValues): string {
  return fillFormatted(text, values, (value) => (typeof value === 'string' ? value : value.join(', ')));
}

/** A panel with the chosen values in its title, queries, legends and text. */
export function fillPanel(panel: Panel, values: VariableValues): Panel {
  const { markdown, query } = panel.options;
  return {
    ...panel,
    title: fillWords(panel.title, values),
    queries: panel.queries.map((query) => ({
      ...query,
      text: fillQuery(query, values),
      legend: fillWords(query.legend, values),
    })),
    options: {
      ...panel.options,
      ...(typeof markdown === 'string' ? { markdown: fillWords(markdown, values) } : {}),
      ...(panel.type === 'logs' && typeof query === 'string' ? { query: fillLogQuery(query, values) } : {}),
    },
  };
}

/** True when a panel's queries wait for a variable that has no value yet. */
export function waitsForVariables(dashboard: Dashboard, values: VariableValues): boolean {
  return dashboard.variables.some(({ name, kind }) => (kind === 'label' || kind === 'query') && values[name] === '');
}
