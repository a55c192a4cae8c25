import { RE2JS } from 're2js';
import type { MappingRule } from '../api/mapping.ts';
import { AppError, messageOf } from '../errors.ts';
import { isLabelText, type Labels, NAME_LABEL } from '../model/labels.ts';
import { GlobTrie } from './glob-trie.ts';
import { parseSegment } from './segment.ts';
import { expandTemplate, highestPlace } from './template.ts';

/** What becomes of a path: `rule` is the position of the rule that counted. */
export type Mapped =
  | { readonly action: 'map'; readonly rule: number; readonly labels: Labels }
  | { readonly action: 'keep' | 'drop'; readonly rule: number };

/** The first rule's answer for an untagged path; undefined: no rule matches. */
export type PathMapping = (path: string) => Mapped | undefined;

type Capture = (path: string, nodes: readonly string[]) => readonly string[] | undefined;

/**
 * Puts rules together; the time for a path is linear in its length for each rule that shares its beginning, and for each
 * regex. Throws `bad_request` with `details.rule` for a rule that cannot work.
 */
export function compileMapping(rules: readonly MappingRule[]): PathMapping {
  const trie = new GlobTrie();
  const regexes: { readonly rule: number; readonly capture: Capture }[] = [];
  const captures = rules.map((rule, position) => {
    const { capture, places } = captureOf(rule, position);
    checkTemplates(rule, position, places);
    if (!rule.isEnabled) return capture;
    if (rule.matchType === 'regex') regexes.push({ rule: position, capture });
    else trie.add(rule.match.split('.'), rule.match.split('.').map(parseSegment), position);
    return capture;
  });
  return (path) => {
    const nodes = path.split('.');
    const glob = trie.find(nodes);
    const regex = regexes.find(({ rule, capture }) => rule < glob && capture(path, nodes) !== undefined);
    const position = regex?.rule ?? glob;
    const rule = rules[position];
    return rule === undefined ? undefined : outcome(rule, position, captures[position]?.(path, nodes) ?? []);
  };
}

function captureOf({ match, matchType }: MappingRule, rule: number): { capture: Capture; places: number } {
  if (matchType === 'regex') {
    const pattern = compileRegex(match, rule);
    const places = pattern.groupCount();
    const capture: Capture = (path) => {
      const found = pattern.matcher(path);
      return found.matches() ? Array.from({ length: places }, (_, i) => found.group(i + 1) ?? '') : undefined;
    };
    return { capture, places };
  }
  const segments = match.split('.').map(parseSegment);
  if (match.split('.').includes('')) throw unusable(rule, `the glob "${match}" has an empty node`);
  const capture: Capture = (_, nodes) => {
    if (nodes.length !== segments.length) return undefined;
    const taken = segments.map((segment, i) => segment.capture(nodes[i] ?? ''));
    return taken.includes(undefined) ? undefined : taken.flatMap((some) => some ?? []);
  };
  return { capture, places: match.split('*').length - 1 };
}

function compileRegex(match: string, rule: number): RE2JS {
  try {
    return RE2JS.compile(match);
  } catch (cause) {
    throw unusable(rule, `"${match}" is no RE2 expression: ${messageOf(cause)}`);
  }
}

function checkTemplates({ action, name, labels }: MappingRule, rule: number, places: number): void {
  if (action !== 'map') return;
  if (name === '') throw unusable(rule, 'it maps to no name: give a template such as "cpu_$1"');
  const wrong = [name, ...Object.values(labels)].find((template) => highestPlace(template) > places);
  if (wrong !== undefined)
    throw unusable(rule, `"${wrong}" names $${highestPlace(wrong)}, but only ${places} are taken`);
}

function outcome({ action, name, labels }: MappingRule, rule: number, captures: readonly string[]): Mapped | undefined {
  if (action !== 'map') return { action, rule };
  const all: Record<string, string> = { [NAME_LABEL]: expandTemplate(name, captures) };
  for (const [label, template] of Object.entries(labels)) {
    const value = expandTemplate(template, captures);
    if (value !== '') all[label] = value;
  }
  // A path whose nodes give no usable name stays as it is.
  const isUsable = all[NAME_LABEL] !== '' && Object.values(all).every(isLabelText);
  return isUsable ? { action, rule, labels: all } : { action: 'keep', rule };
}

function unusable(rule: number, problem: string): AppError {
  return new AppError('bad_request', `rule ${rule + 1}: ${problem}`, { details: { rule } });
}
