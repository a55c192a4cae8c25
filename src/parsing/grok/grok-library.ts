import { CORE } from './patterns/core.ts';

/** Which names the fields have: those of the old pattern set, or ECS v1. */
export type GrokMode = 'legacy' | 'ecs-v1';

/** Patterns by name. */
export type GrokLibrary = ReadonlyMap<string, string>;

/** Lines of `NAME pattern`; `#` begins a comment. */
export function parsePatterns(text: string): readonly (readonly [name: string, pattern: string])[] {
  return text.split('\n').flatMap((line) => {
    const space = line.indexOf(' ');
    return line.startsWith('#') || space < 1 ? [] : [[line.slice(0, space), line.slice(space + 1)] as const];
  });
}

/** The built-in patterns of a mode with the operator's own, which win. */
export function createGrokLibrary(mode: GrokMode, own: Readonly<Record<string, string>> = {}): GrokLibrary {
  void mode;
  return new Map([...parsePatterns(CORE), ...Object.entries(own)]);
}
