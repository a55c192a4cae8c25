import { DataLink } from '#core/api/panel-display.ts';
import { asText, isObject, type JsonReader } from './json-reader.ts';
import type { NoteTaker } from './report.ts';

const MAX = 30;

/** Placeholders that links of ours know. */
const KNOWN =
  /^__(?:from|to|url_time_range|all_variables|value(?:\.(?:raw|numeric|text|time))?|(?:field|series)\.(?:name|labels.*))$/;

/** The links of a panel: of itself, and of its series. */
export function convertLinks(panel: JsonReader, notes: NoteTaker): DataLink[] {
  const own = panel.items('links').flatMap((link) => linkOf(link, 'panel', notes));
  const ofSeries = ['fieldConfig.defaults.links', 'options.dataLinks'].flatMap((path) =>
    panel.items(path).flatMap((link) => linkOf(link, 'series', notes)),
  );
  return firstLinks([...own, ...ofSeries], notes);
}

/** As many links as a panel may have; the same one once. */
export function firstLinks(links: readonly DataLink[], notes: NoteTaker): DataLink[] {
  const once = links.filter((link, at) => links.findIndex((other) => isSame(link, other)) === at);
  if (once.length > MAX) notes.approximated('links', `the first ${MAX} of ${once.length}`);
  return once.slice(0, MAX);
}

const isSame = (a: DataLink, b: DataLink): boolean => a.title === b.title && a.url === b.url && a.of === b.of;

/** One link; undefined where it leads nowhere here. */
export function linkOf(link: JsonReader, of: DataLink['of'], notes: NoteTaker): DataLink[] {
  const source = isObject(link.value) ? link.value : {};
  const title = asText(source['title'] ?? '').trim();
  const url = asText(source['url'] ?? source['dashUri'] ?? '').trim();
  const newTab = source['targetBlank'] === true || source['openInNewWindow'] === true;
  const name = title === '' ? url : title;
  const dashboard = source['dashboard'];
  const hasAction = source['internal'] !== undefined || source['oneClick'] === true;
  link.take();
  if (url === '') {
    const goal = typeof dashboard === 'string' && dashboard !== '' ? `the dashboard ${dashboard}` : '';
    if (goal !== '')
      notes.approximated('link', `“${name}” to ${goal} is left out: it is found by its name in Grafana only`);
    else if (hasAction) notes.unsupported('link', `“${name}” leads into Grafana itself`);
    return [];
  }
  const read = DataLink.safeParse({ title: title.slice(0, 200), url: ourUrl(url, source), of, newTab });
  if (!read.success) {
    notes.unsupported('link', `“${name}”: ${read.error.issues[0]?.message ?? 'it is not valid'}`);
    return [];
  }
  noteUrl(name, url, notes);
  return [read.data];
}

/** Older links say beside the address whether the time range and the variables go with it. */
function ourUrl(url: string, { keepTime, includeVars, params }: Readonly<Record<string, unknown>>): string {
  const added = [
    ...(keepTime === true ? ['${__url_time_range}'] : []),
    ...(includeVars === true ? ['${__all_variables}'] : []),
    ...(typeof params === 'string' && params !== '' ? [params] : []),
  ];
  return added.length === 0 ? url : `${url}${url.includes('?') ? '&' : '?'}${added.join('&')}`;
}

function noteUrl(name: string, url: string, notes: NoteTaker): void {
  if (/^\/?(?:d|dashboard|d-solo|explore)(?:\/|\?|$)/.test(url))
    notes.approximated('link', `“${name}” to ${url}: a page of Grafana's, which is not here`);
  const unknown = [...url.matchAll(/\$\{(__[^}:]+)(?::[^}]*)?\}/g)].map(([, placeholder = '']) => placeholder);
  const left = unknown.filter((placeholder) => !KNOWN.test(placeholder));
  if (left.length > 0) notes.approximated('link', `“${name}”: ${left.join(', ')} has no value here and stays as text`);
}
