import { RE2JS } from 're2js';
import { nearestName } from '#core/nearest-name.ts';
import { compileRe2 } from '#parsing/re2-pattern.ts';
import type { GrokLibrary } from './grok-library.ts';

/** A captured value: text, or a number where the pattern says `:int` or `:float`. */
export type GrokValue = string | number;

/** Captures in the order of the pattern; names that occur twice come twice. */
export type GrokFields = readonly (readonly [name: string, value: GrokValue])[];

export type Grok = {
  /** What the pattern captures of a text, found anywhere in it; undefined when it does not match. Empty captures are left out. */
  readonly match: (text: string) => GrokFields | undefined;
  /** As match, each capture to `take` under its dotted name. */
  readonly each: (text: string, take: (name: string, value: string) => void) => boolean;
};

type Capture = { readonly group: string; readonly name: string; readonly to: '' | 'int' | 'float' };

const REFERENCE =
  /%\{(\w+)(?::([\w.@[\]-]+))?(?::(int|float|string|long|double|boolean))?\}|\(\?<([A-Za-z_[][\w.@[\]-]*)>/g;
const MAX_DEPTH = 24;
const MAX_LENGTH = 200_000;

/**
 * Compiles a grok pattern (`%{IP:client} %{NUMBER:bytes:int}`) to RE2; `.` matches line breaks. Throws Error at an unknown
 * name, at patterns that contain themselves and at what RE2 has not.
 */
export function compileGrok(pattern: string, library: GrokLibrary): Grok {
  const captures: Capture[] = [];
  const source = expand(pattern, { library, captures, trail: [] });
  if (source.length > MAX_LENGTH)
    throw new Error(`grok ${pattern.slice(0, 80)}: larger than ${MAX_LENGTH} characters when expanded`);
  const regex = compileRe2(source, RE2JS.DOTALL);
  const literal = literalOf(pattern);
  const match = (text: string): GrokFields | undefined => {
    if (literal !== '' && !text.includes(literal)) return undefined;
    const matcher = regex.matcher(text);
    if (!matcher.find()) return undefined;
    const fields: [string, GrokValue][] = [];
    for (const { group, name, to } of captures) {
      const value = matcher.group(group);
      if (value !== null && value !== '') fields.push([name, converted(value, to)]);
    }
    return fields;
  };
  return {
    match,
    each: (text, take) => {
      const fields = match(text);
      fields?.forEach(([name, value]) => take(dotted(name), String(value)));
      return fields !== undefined;
    },
  };
}

function converted(value: string, to: Capture['to']): GrokValue {
  if (to === '') return value;
  const number = to === 'int' ? Math.trunc(Number(value)) : Number(value);
  return Number.isNaN(number) ? (to === 'int' ? Number.parseInt(value, 10) || 0 : 0) : number;
}

/** `[a][b]` as `a.b`. */
export function dotted(name: string): string {
  return name.startsWith('[') ? name.slice(1, -1).replaceAll('][', '.') : name;
}

function hint(name: string, library: GrokLibrary): string {
  const nearest = nearestName(name.toUpperCase(), [...library.keys()]);
  return nearest === undefined ? '' : `; did you mean ${nearest}?`;
}

type Expansion = { readonly library: GrokLibrary; readonly captures: Capture[]; readonly trail: readonly string[] };

function expand(pattern: string, { library, captures, trail }: Expansion): string {
  if (trail.length > MAX_DEPTH)
    throw new Error(`grok: patterns nest deeper than ${MAX_DEPTH}: ${trail.slice(0, 5).join(' → ')} …`);
  return pattern.replace(REFERENCE, (_, name?: string, field?: string, type?: string, inline?: string) => {
    if (inline !== undefined) return `(?P<${capture(captures, inline, '')}>`;
    const key = name ?? '';
    const body = library.get(key);
    if (body === undefined) throw new Error(`grok: no pattern is named ${key}${hint(key, library)}`);
    if (trail.includes(key)) throw new Error(`grok: ${[...trail, key].join(' → ')} contains itself`);
    const to = type === 'int' || type === 'long' ? 'int' : type === 'float' || type === 'double' ? 'float' : '';
    const group = field === undefined ? '' : capture(captures, field, to);
    const inner = expand(body, { library, captures, trail: [...trail, key] });
    return group === '' ? `(?:${inner})` : `(?P<${group}>${inner})`;
  });
}

function capture(captures: Capture[], name: string, to: Capture['to']): string {
  const group = `g${captures.length}`;
  captures.push({ group, name, to });
  return group;
}

/** The longest text that every match holds, of a pattern whose top level has no alternatives or options around it; else ''. */
function literalOf(pattern: string): string {
  if (/[|?*]|\{\d|\(\?[a-z]/.test(pattern.replace(/%\{[^}]*\}/g, '').replace(/\\./g, ''))) return '';
  const runs = pattern
    .replace(/%\{[^}]*\}/g, '\0')
    .replace(/\\(.)/g, (_, char: string) => (/\w/.test(char) ? '\0' : char));
  const parts = runs.split(/\0|[()[\]^$+.\n]/).filter((part) => part.length > 2);
  return parts.sort((a, b) => b.length - a.length)[0] ?? '';
}
