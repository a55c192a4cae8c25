import { defineRoute, type Route } from '#core/route.ts';
import type { Ingest } from '#pipeline/index.ts';

/** `GET /api/inputs/sources`: how far the sources are read that inputs fetch from: files, the journal. */
export function sourceRoutes(ingest: Pick<Ingest, 'pulledSources'>): readonly Route[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/api/inputs/sources',
      permission: 'read',
      handler: () => ingest.pulledSources(),
    }),
  ];
}
