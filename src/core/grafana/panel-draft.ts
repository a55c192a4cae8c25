import type { Panel } from '#core/api/dashboard.ts';
import type { ValueFormat } from './field-config.ts';
import { asText, type JsonReader } from './json-reader.ts';
import type { NoteTaker } from './report.ts';

/** What stands between answers and picture; absent = nothing. */
type Display = Partial<Pick<Panel, 'overrides' | 'mappings' | 'transformations' | 'links'>>;

/** What a converter of one panel type makes; place, title and queries are the same for all types. */
export type PanelDraft = ValueFormat &
  Display & {
    /** A folder of `web/src/panels`. */
    readonly type: string;
    readonly options: Readonly<Record<string, unknown>>;
  };

/** Reads the options of one Grafana panel type. */
export type PanelConverter = (panel: JsonReader, notes: NoteTaker) => PanelDraft;

/** What makes a figure of a line, by Grafana's reducers. */
const FIGURES: Readonly<Record<string, string>> = {
  last: 'last',
  lastNotNull: 'last',
  current: 'last',
  mean: 'avg',
  avg: 'avg',
  min: 'min',
  max: 'max',
};

/** Our figure for a reducer; another one is noted. */
export function figureOf(reducer: string | undefined, notes: NoteTaker): string {
  if (reducer === undefined || reducer === '') return 'last';
  const figure = FIGURES[reducer];
  if (figure === undefined) notes.approximated('figure', `${reducer} is not known: the newest value is shown`);
  return figure ?? 'last';
}

/** The reducer of a panel that shows one figure a series. */
export function reducedFigure(panel: JsonReader, notes: NoteTaker): string {
  const options = panel.at('options.reduceOptions');
  const [first, ...others] = options.items('calcs').map((each) => asText(each.take()));
  options.skip('calcs');
  if (others.length > 0) notes.approximated('figure', `only ${first} of ${[first, ...others].join(', ')}`);
  if (options.flag('values') === true) notes.approximated('figure', 'all values: one figure a series is shown');
  const fields = options.text('fields') ?? '';
  if (fields !== '') notes.approximated('figure', `the choice of fields ${fields} is left out: all series are shown`);
  return figureOf(first, notes);
}

/** The legend of a chart. */
export function legendOf(panel: JsonReader, notes: NoteTaker): 'none' | 'inline' | 'table' {
  const legend = panel.at('options.legend');
  const mode = legend.text('displayMode');
  const calcs = legend.items('calcs').map((each) => asText(each.take()));
  const isHidden = legend.flag('showLegend') === false || mode === 'hidden';
  legend.skip('calcs', 'placement', 'sortBy', 'sortDesc', 'width');
  if (isHidden) return 'none';
  const odd = calcs.filter((calc) => FIGURES[calc] === undefined);
  if (odd.length > 0)
    notes.approximated('legend', `without ${odd.join(', ')}: newest, least, average and greatest are shown`);
  return mode === 'table' || calcs.length > 0 ? 'table' : 'inline';
}
