import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { CollectorPlugin } from '#core/plugin/collector.ts';
import type { InputPlugin } from '#core/plugin/input.ts';

type Kinds = { readonly collectors: CollectorPlugin; readonly inputs: InputPlugin };

/** Loads every plugin of a kind, a folder with an `index.ts`: folder name → its default export, sorted by name. */
export async function scanPlugins<Kind extends keyof Kinds>(kind: Kind): Promise<ReadonlyMap<string, Kinds[Kind]>> {
  const folder = new URL(`../plugins/${kind}/`, import.meta.url);
  const entries = existsSync(fileURLToPath(folder)) ? await readdir(folder) : [];
  const isPlugin = (name: string): boolean => existsSync(new URL(`${name}/index.ts`, folder));
  const ids = entries.filter(isPlugin);
  const loaded = await Promise.all(ids.sort().map((id) => import(new URL(`${id}/index.ts`, folder).href)));
  return new Map(ids.map((id, i) => [id, (loaded[i] as { default: Kinds[Kind] }).default]));
}
