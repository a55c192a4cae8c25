import { CORE } from './patterns/core.ts';
import { DEVICES_LEGACY } from './patterns/devices.ts';
import { DEVICES_ECS } from './patterns/devices-ecs.ts';
import { SERVICES } from './patterns/services.ts';
import { MONITORING_ECS, SERVICES_ECS } from './patterns/services-ecs.ts';
import { SERVICES_LEGACY } from './patterns/services-legacy.ts';
import { WEB_LEGACY } from './patterns/web.ts';
import { WEB_ECS } from './patterns/web-ecs.ts';

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
  const texts =
    mode === 'legacy'
      ? [CORE, SERVICES, WEB_LEGACY, DEVICES_LEGACY, SERVICES_LEGACY]
      : [CORE, SERVICES, WEB_ECS, DEVICES_ECS, SERVICES_ECS, MONITORING_ECS];
  return new Map([...texts.flatMap(parsePatterns), ...Object.entries(own)]);
}
