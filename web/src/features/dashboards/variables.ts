import type { Dashboard, Panel, Variable } from '#core/api/dashboard.ts';
import { substituteVariables, type VariableValues } from '#core/metric-query/variables.ts';

/** The search parameter that holds a variable. */
export function variableParameter(name: string): string {
  return `var-${name}`;
}

/** The chosen values: of the URL, else the default, else the first offered. */
export function chosenValues(
  variables: readonly Variable[],
  search: Readonly<Record<string, unknown>>,
  offered: Readonly<Record<string, readonly string[]>>,
): VariableValues {
  return Object.fromEntries(
    variables.map((variable) => {
      const chosen = search[variableParameter(variable.name)];
      if (typeof chosen === 'string') return [variable.name, chosen];
      return [variable.name, variable.value || (offered[variable.name]?.[0] ?? '')];
    }),
  );
}

/** Puts values into the words of a panel: title and text, where no query quoting is wanted. */
export function fillWords(text: string, values: VariableValues): string {
  return text.replace(/\$\{(\w+)\}|\$(\w+)/g, (whole, braced: string | undefined, bare: string | undefined) => {
    const value = values[braced ?? bare ?? ''];
    return value === undefined ? whole : typeof value === 'string' ? value : value.join(', ');
  });
}

/** A panel with the chosen values in its title, queries, legends and text. */
export function fillPanel(panel: Panel, values: VariableValues): Panel {
  const { markdown } = panel.options;
  return {
    ...panel,
    title: fillWords(panel.title, values),
    queries: panel.queries.map((query) => ({
      ...query,
      text: substituteVariables(query.text, values),
      legend: fillWords(query.legend, values),
    })),
    options: typeof markdown === 'string' ? { ...panel.options, markdown: fillWords(markdown, values) } : panel.options,
  };
}

/** True when a panel's queries wait for a variable that has no value yet. */
export function waitsForVariables(dashboard: Dashboard, values: VariableValues): boolean {
  return dashboard.variables.some(({ name, kind }) => kind === 'label' && values[name] === '');
}
