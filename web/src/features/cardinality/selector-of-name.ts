import { NAME_LABEL } from '#core/model/labels.ts';

/** The selector of all series that stand under a name: a metric, or `a.b.*` for paths below two nodes. */
export function selectorOfName(name: string): string {
  if (!name.endsWith('.*')) return `{${NAME_LABEL}=${JSON.stringify(name)}}`;
  const prefix = name.slice(0, -1).replace(/[\\^$.|?*+()[\]{}]/g, '\\$&');
  return `{${NAME_LABEL}=~${JSON.stringify(`${prefix}.*`)}}`;
}
