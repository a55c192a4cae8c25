import type { Dashboard } from '#core/api/dashboard.ts';
import type { DataLink } from '#core/api/panel-display.ts';
import { asText, type JsonReader } from './json-reader.ts';
import { firstLinks, linkOf } from './links.ts';
import { convertText, shortened } from './query-text.ts';
import type { NoteTaker } from './report.ts';

const DEFAULT_FROM = 'now-6h';
const MAX_TAGS = 20;
const MAX_TAG = 50;

type Head = Pick<Dashboard, 'title' | 'description' | 'tags' | 'links' | 'from'>;

/** Title, tags, time range and what stands around the panels. */
export function convertHead(dashboard: JsonReader, notes: NoteTaker): Head {
  const title = shortened(dashboard.text('title')?.trim() || 'Imported dashboard', 200, 'title', notes);
  const description = shortened(dashboard.text('description') ?? '', 2_000, 'description', notes);
  const tags = dashboard.items('tags').map((tag) => asText(tag.take()).slice(0, MAX_TAG));
  if (tags.length > MAX_TAGS) notes.approximated('tags', `the first ${MAX_TAGS} of ${tags.length}`);
  noteAnnotations(dashboard, notes);
  const links = linksOf(dashboard, notes);
  const refresh = dashboard.at('refresh').take();
  if (typeof refresh === 'string' && refresh !== '')
    notes.kept('refresh', `charts are live: nothing is reloaded every ${refresh}`);
  const zone = dashboard.text('timezone') ?? 'browser';
  if (zone !== '' && zone !== 'browser')
    notes.approximated('timezone', `${zone}: times are shown as chosen in the page's header`);
  return {
    title,
    description,
    tags: [...new Set(tags.filter(Boolean))].slice(0, MAX_TAGS),
    ...(links.length === 0 ? {} : { links }),
    from: fromOf(dashboard, notes),
  };
}

function fromOf(dashboard: JsonReader, notes: NoteTaker): string {
  const from = dashboard.text('time.from') ?? DEFAULT_FROM;
  const to = dashboard.text('time.to') ?? 'now';
  dashboard.skip('time');
  if (/^now-\d+[smhdw]$/.test(from)) {
    if (to !== 'now') notes.approximated('time', `the range ends now, not at ${to}`);
    return from;
  }
  const instead = /^now\/d$|^now-1d\/d$/.test(from) ? 'now-24h' : /^now\/w$/.test(from) ? 'now-7d' : DEFAULT_FROM;
  notes.approximated('time', `the range ${from} to ${to} becomes ${instead} to now`);
  return instead;
}

function noteAnnotations(dashboard: JsonReader, notes: NoteTaker): void {
  for (const annotation of dashboard.items('annotations.list')) {
    const name = annotation.text('name') ?? 'unnamed';
    const isBuiltIn = annotation.number('builtIn') === 1 || annotation.flag('builtIn') === true;
    const query = annotation.text('expr') ?? annotation.text('query') ?? annotation.text('target.expr') ?? '';
    annotation.take();
    if (isBuiltIn) continue;
    const own =
      query === ''
        ? 'its query is left out'
        : `the query ${convertText(query, `annotation ${name}`, notes)} is left out`;
    notes.approximated(`annotation ${name}`, `events are marked on all charts; ${own}`);
  }
}

/** Links beside the title; those to all dashboards of some tags are left out. */
function linksOf(dashboard: JsonReader, notes: NoteTaker): DataLink[] {
  const links = dashboard.items('links').flatMap((link) => {
    if (link.text('type') !== 'dashboards') return linkOf(link, 'panel', notes);
    const tags = link.items('tags').map((tag) => asText(tag.value));
    const goal = tags.length === 0 ? 'other dashboards' : `dashboards tagged ${tags.join(', ')}`;
    notes.approximated('link', `“${link.text('title') ?? ''}” to ${goal} is left out`);
    link.take();
    return [];
  });
  return firstLinks(links, notes);
}
