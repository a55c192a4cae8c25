import { type MappingRule, SaveMappingRequest, type StoredMapping, TryMappingRequest } from '#core/api/mapping.ts';
import { compileMapping } from '#core/path-mapping/path-mapping.ts';
import { defineRoute, type Route } from '#core/route.ts';
import type { VersionedDocument } from '#storage/postgres/index.ts';
import type { MappingContext } from './mapping-context.ts';
import { tryMapping } from './try-mapping.ts';

const MAX_BODY = 2 * 1024 * 1024;

/** Rules that give paths a name and labels. */
export function mappingRoutes(context: MappingContext): Route[] {
  const { documents, pass, apply, record, store } = context;
  const answer = ({ content, ...saved }: VersionedDocument<readonly MappingRule[]>): StoredMapping => ({
    ...saved,
    rules: content,
    pass: pass.progress,
  });
  return [
    defineRoute({
      method: 'GET',
      path: '/api/mapping',
      permission: 'read',
      handler: async () => answer(await documents.mapping()),
    }),
    defineRoute({
      method: 'PUT',
      path: '/api/mapping',
      permission: 'admin',
      body: SaveMappingRequest,
      bodyLimitBytes: MAX_BODY,
      handler: async ({ body: { version, rules }, caller }) => {
        compileMapping(rules);
        const saved = await documents.saveMapping({ version, content: rules, by: caller?.name ?? '' });
        record(`saved ${rules.length} mapping rules`, caller);
        await apply();
        void pass.start(saved);
        return answer(saved);
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/api/mapping/try',
      permission: 'read',
      body: TryMappingRequest,
      bodyLimitBytes: MAX_BODY,
      handler: ({ body, signal }) => tryMapping(store, body, signal),
    }),
  ];
}
