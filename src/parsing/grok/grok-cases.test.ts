import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { compileGrok, type Grok, type GrokValue } from './compile-grok.ts';
import { createGrokLibrary, type GrokMode } from './grok-library.ts';

const RECORDED = '../shared/data/grok/cases.json';
type Json = GrokValue | null | Json[] | { [key: string]: Json };
type Check = { op: string; path?: (string | number)[]; value?: Json };
type Case = { pattern: string; mode: GrokMode; exact: boolean; message: string; checks: Check[] };

/** The event that Logstash's filter makes of a match, as the recorded checks walk it. */
function eventOf(grok: Grok, message: string): { event: Record<string, Json>; matched: boolean } {
  const event: Record<string, Json> = { message };
  const fields = grok.match(message);
  for (const [name, value] of fields ?? []) {
    const path = name.startsWith('[') ? name.slice(1, -1).split('][') : [name];
    let at: Record<string, Json> = event;
    for (const key of path.slice(0, -1)) at = (at[key] ??= {}) as Record<string, Json>;
    const last = path.at(-1) ?? '';
    const old = at[last];
    at[last] = old === undefined ? value : [...(Array.isArray(old) ? old : [old]), value];
  }
  if (fields === undefined) event['tags'] = ['_grokparsefailure'];
  return { event, matched: fields !== undefined };
}

function at(event: Json, path: readonly (string | number)[]): Json | undefined {
  let value: Json | undefined = event;
  for (const key of path)
    value = value === null || typeof value !== 'object' ? undefined : (value as Record<string | number, Json>)[key];
  return value;
}

function covers(actual: Json | undefined, wanted: Json): boolean {
  if (wanted === null) return actual === undefined || actual === null;
  if (Array.isArray(wanted))
    return (
      Array.isArray(actual) && actual.length === wanted.length && wanted.every((item, i) => covers(actual[i], item))
    );
  if (typeof wanted !== 'object') return actual === wanted;
  if (actual === null || typeof actual !== 'object' || Array.isArray(actual)) {
    return '$regex' in wanted && new RegExp(String(wanted['$regex'])).test(String(actual));
  }
  const partial = wanted['$partial'];
  if (partial !== undefined)
    return Object.entries(partial as Record<string, Json>).every(([key, value]) => covers(actual[key], value));
  return (
    Object.keys(actual).length === Object.keys(wanted).length &&
    Object.entries(wanted).every(([key, value]) => covers(actual[key], value))
  );
}

const list = (value: Json | undefined): Json[] =>
  Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
const keysOf = (value: Json | undefined): Json[] =>
  typeof value === 'string' || Array.isArray(value) ? list(value) : Object.keys((value ?? {}) as object);

function holds(
  { op, path = [], value = null }: Check & { keys?: string[] },
  event: Record<string, Json>,
  matched: boolean,
  check: Record<string, unknown>,
): boolean {
  const found = at(event, path);
  const keys = (check['keys'] ?? value ?? []) as string[];
  const has = (item: Json): boolean =>
    typeof found === 'string' ? found.includes(String(item)) : keysOf(found).includes(item);
  const entries = Object.entries((value ?? {}) as Record<string, Json>);
  switch (op) {
    case 'match':
      return matched;
    case 'no_match':
      return !matched;
    case 'includes':
      return entries.every(([key, wanted]) => covers(at(found ?? {}, [key]), wanted));
    case 'not_includes':
      return !entries.every(([key, wanted]) => covers(at(found ?? {}, [key]), wanted));
    case 'contains':
      return list(value).every(has);
    case 'not_contains':
      return !list(value).some(has);
    case 'has_keys':
      return keys.every((key) => at(found ?? {}, [key]) !== undefined);
    case 'lacks_keys':
      return keys.every((key) => at(found ?? {}, [key]) === undefined);
    case 'eq':
      return covers(found, value);
    case 'not_eq':
      return !covers(found, value);
    case 'eq_string':
      return String(found) === value;
    case 'start_with':
      return typeof found === 'string' && found.startsWith(String(value));
    case 'not_end_with':
      return !String(found).endsWith(String(value));
    case 'top_level_only':
      return Object.keys(event).every((key) =>
        [...keys, 'message', '@timestamp', '@version', '@metadata'].includes(key),
      );
    default:
      throw new Error(`unknown check ${op}`);
  }
} // prettier-ignore

test('recorded cases of the standard pattern library', { skip: !existsSync(RECORDED) && 'no recorded data' }, () => {
  const cases = JSON.parse(readFileSync(RECORDED, 'utf8')) as Case[];
  const libraries = { legacy: createGrokLibrary('legacy'), 'ecs-v1': createGrokLibrary('ecs-v1') };
  const failed: string[] = [];
  for (const { pattern, mode, exact, message, checks } of cases) {
    const wrapped = pattern.includes('%{') ? pattern : `%{${pattern}}`;
    const { event, matched } = eventOf(compileGrok(exact ? `^${wrapped}$` : wrapped, libraries[mode]), message);
    const wrong = checks.filter((check) => !holds(check, event, matched, check as Record<string, unknown>));
    if (wrong.length > 0)
      failed.push(
        `${pattern} (${mode}) ${message.slice(0, 90)}: ${JSON.stringify(wrong[0])} of ${JSON.stringify(event).slice(0, 600)}`,
      );
  }
  assert.equal(cases.length, 221);
  assert.deepEqual(failed, []);
});

test('every built-in pattern compiles in both modes', () => {
  for (const mode of ['legacy', 'ecs-v1'] as const) {
    const library = createGrokLibrary(mode);
    assert.ok(library.size > 150, `${library.size} patterns`);
    for (const name of library.keys()) assert.doesNotThrow(() => compileGrok(`%{${name}}`, library), name);
  }
});

test("operators' patterns: their own names, types, and what they get wrong", () => {
  const library = createGrokLibrary('ecs-v1', { ORDER: 'ord-[0-9]+', LOOP: '%{LOOP}' });
  const grok = compileGrok('^%{ORDER:order} took %{NUMBER:took:float}s by %{WORD:[user][name]}$', library);
  assert.deepEqual(grok.match('ord-17 took 1.5s by eve'), [
    ['order', 'ord-17'],
    ['took', 1.5],
    ['[user][name]', 'eve'],
  ]);
  assert.equal(grok.match('ord-x took 1.5s by eve'), undefined);
  const found: string[] = [];
  assert.ok(grok.each('ord-1 took 2s by a', (name, value) => found.push(name, value)));
  assert.deepEqual(found, ['order', 'ord-1', 'took', '2', 'user.name', 'a']);
  assert.throws(() => compileGrok('%{NOPE:x}', library), /no pattern is named NOPE/);
  assert.throws(() => compileGrok('%{LOOP}', library), /contains itself/);
  assert.throws(() => compileGrok('(?<!a)b', library), /look-arounds are not supported/);
  assert.throws(() => compileGrok('(a)\\1', library), /back-references are not supported/);
  assert.throws(() => compileGrok('(?>a)', library), /atomic groups/);
});
