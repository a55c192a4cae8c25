import { type Labels, NAME_LABEL } from '#core/model/labels.ts';

/** Name and tags of a series as Graphite writes them: `name;tag=value`, tags sorted, and a tag `name`. */
export function graphiteName(labels: Labels): { readonly name: string; readonly tags: Record<string, string> } {
  const { [NAME_LABEL]: name = '', ...tags } = labels;
  const suffix = Object.keys(tags)
    .toSorted()
    .map((tag) => `;${tag}=${tags[tag]}`)
    .join('');
  return { name: name + suffix, tags: { name, ...tags } };
}
