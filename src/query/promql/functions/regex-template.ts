import type { Matcher } from 're2js';

const REFERENCE = /\$(?:\$|\{(\w+)\}|(\w+))/g;

/**
 * A template in which `$1`, `$name`, `${1}` and `${name}` stand for groups of a match, `$$` for `$` (Go, regexp.Expand). A
 * name is as long as it can be: `$1x` is the group `1x`. Groups that are not there are empty.
 */
export function expandTemplate(template: string, match: Matcher, groups: Readonly<Record<string, number>>): string {
  return template.replace(REFERENCE, (_text, braced: string | undefined, plain: string | undefined) => {
    const name = braced ?? plain;
    if (name === undefined) return '$';
    const group = /^\d+$/.test(name) ? Number(name) : groups[name];
    return group === undefined || group > match.groupCount() ? '' : (match.group(group) ?? '');
  });
}
