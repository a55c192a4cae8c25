import type { InputPlugin } from '#core/plugin/input.ts';
import { GENERATED, optionsOf, optionTable, page, sampleOptions, table } from './plugin-page.ts';

/** The page of an input: its options, its paths on the API's listener, its notes. */
export function inputPage(id: string, plugin: InputPlugin, notes: string): string {
  return page([
    `# ${plugin.title}`,
    GENERATED,
    plugin.summary,
    '## Configuration',
    ...sampleOf(id, plugin),
    optionTable(plugin.config),
    ...endpointsOf(plugin),
    ...(notes.trim() === '' ? [] : ['## Notes', notes.trim()]),
  ]);
}

function sampleOf(id: string, plugin: InputPlugin): string[] {
  if (Object.keys(optionsOf(plugin.config)).length === 0) return [];
  return [['```yaml', 'inputs:', `  ${id}:`, ...sampleOptions(plugin.config, 4), '```'].join('\n')];
}

function endpointsOf({ endpoints = [] }: InputPlugin): string[] {
  if (endpoints.length === 0) return [];
  const rows = endpoints.map(({ method, path, isPublic = false }) => [
    method,
    `\`${path}\``,
    isPublic ? 'none' : 'a token that may ingest',
  ]);
  return ['## Paths', "On the API's address:", table(['method', 'path', 'needs'], rows)];
}
