import { ALL_VALUES, type Dashboard, type Panel, type Variable } from '#core/api/dashboard.ts';
import type { DataLink, SeriesOverride } from '#core/api/panel-display.ts';
import { escapeRegex, type VariableValues } from '#core/metric-query/variables.ts';
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

/** Puts values into the address of a link, encoded; `${name:queryparam}` and `${__all_variables}` are whole parameters. */
function fillUrl(url: string, values: VariableValues): string {
  const parameter = (name: string): string => {
    const value = values[name] ?? '';
    return `${variableParameter(name)}=${encodeURIComponent(typeof value === 'string' ? value : value.join(','))}`;
  };
  const all = Object.keys(values).map(parameter).join('&');
  const whole = url
    .replace(/\$\{__all_variables\}|\$__all_variables\b/g, () => all)
    .replace(/\$\{(\w+):queryparam\}/g, (as, name: string) => (Object.hasOwn(values, name) ? parameter(name) : as));
  return fillFormatted(whole, values, (value) =>
    encodeURIComponent(typeof value === 'string' ? value : value.join(',')),
  );
}

/** A link with the chosen values in its title and its address. */
export function fillLink(link: DataLink, values: VariableValues): DataLink {
  return { ...link, title: fillWords(link.title, values), url: fillUrl(link.url, values) };
}

/** An override with the chosen values in the name that it looks for and the name that it gives. */
function fillOverride(override: SeriesOverride, values: VariableValues): SeriesOverride {
  const { by, of, look } = override;
  const alternatives = (value: string | readonly string[]): string =>
    typeof value === 'string' ? escapeRegex(value) : `(${value.map(escapeRegex).join('|')})`;
  const filled = by === 'regex' ? fillFormatted(of, values, alternatives) : fillWords(of, values);
  const { name } = look;
  return { by, of: filled, look: name === undefined ? look : { ...look, name: fillWords(name, values) } };
}

/** A panel with the chosen values in its title, queries, legends, links, overrides and text. */
export function fillPanel(panel: Panel, values: VariableValues): Panel {
  const { links, overrides } = panel;
  const { markdown, query } = panel.options;
  return {
    ...panel,
    title: fillWords(panel.title, values),
    queries: panel.queries.map((query) => ({
      ...query,
      text: fillQuery(query, values),
      legend: fillWords(query.legend, values),
    })),
    ...(links === undefined ? {} : { links: links.map((link) => fillLink(link, values)) }),
    ...(overrides === undefined ? {} : { overrides: overrides.map((each) => fillOverride(each, values)) }),
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
