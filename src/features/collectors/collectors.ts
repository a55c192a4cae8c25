import { TargetRequest, TestRequest } from '#core/api/collectors.ts';
import { AppError } from '#core/errors.ts';
import type { HostFacts } from '#core/plugin/discovery.ts';
import { defineRoute, type Route } from '#core/route.ts';
import type { Logger } from '#io/log.ts';
import { catalogueOf } from './catalogue.ts';
import { Found } from './found.ts';
import { secretRoutes } from './secret-routes.ts';
import { Targets, type TargetsOptions } from './targets.ts';

export type CollectorsOptions = TargetsOptions & {
  readonly discover: 'auto' | 'offer';
  readonly logger: Logger;
};

/** Targets that users and discovery add, and what is known about collectors. */
export type Collectors = {
  readonly routes: readonly Route[];
  /** Runs what is stored; to be called when the state database answers. */
  readonly start: () => Promise<void>;
  /** Considers what is on this host; to be called after `start`. */
  readonly consider: (facts: ReadonlyMap<string, HostFacts>, signal: AbortSignal) => Promise<void>;
};

/** Puts the feature together. */
export function createCollectors(options: CollectorsOptions): Collectors {
  const targets = new Targets(options);
  const { plugins, work, discover: mode, logger, secrets, clock } = options;
  const found = new Found({ plugins, targets, work, mode, logger });
  return {
    routes: [
      ...readRoutes(options, targets, found),
      ...changeRoutes(targets),
      ...proposalRoutes(targets, found),
      ...secretRoutes({ secrets, clock, work }),
    ],
    start: () => targets.apply(),
    consider: (facts, signal) => found.consider(facts, signal),
  };
}

function readRoutes({ plugins }: CollectorsOptions, targets: Targets, found: Found): Route[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/api/collectors/catalogue',
      permission: 'read',
      handler: () => catalogueOf(plugins),
    }),
    defineRoute({
      method: 'GET',
      path: '/api/collectors/targets',
      permission: 'read',
      handler: () => targets.list(),
    }),
    defineRoute({
      method: 'GET',
      path: '/api/collectors/proposals',
      permission: 'read',
      handler: () => found.proposals(),
    }),
  ];
}

/** Targets are network positions: they are for administrators. */
function changeRoutes(targets: Targets): Route[] {
  return [
    defineRoute({
      method: 'POST',
      path: '/api/collectors/targets',
      permission: 'admin',
      body: TargetRequest,
      handler: ({ body, caller }) => targets.create(body, caller?.name ?? ''),
    }),
    defineRoute({
      method: 'PUT',
      path: '/api/collectors/targets/:id',
      permission: 'admin',
      body: TargetRequest,
      handler: ({ params, body, caller }) => targets.update(params['id'] ?? '', body, caller?.name ?? ''),
    }),
    defineRoute({
      method: 'DELETE',
      path: '/api/collectors/targets/:id',
      permission: 'admin',
      handler: async ({ params, caller }) => {
        await targets.remove(params['id'] ?? '', caller?.name ?? '');
        return {};
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/api/collectors/test',
      permission: 'admin',
      body: TestRequest,
      handler: ({ body, signal }) => targets.test(body, signal),
    }),
  ];
}

function proposalRoutes(targets: Targets, found: Found): Route[] {
  return [
    defineRoute({
      method: 'DELETE',
      path: '/api/collectors/proposals/:id',
      permission: 'admin',
      handler: async ({ params, caller }) => {
        const proposal = found.forget(params['id'] ?? '');
        if (proposal === undefined) throw new AppError('not_found', 'this is not proposed any more');
        await targets.dismiss(proposal.collector, proposal.target, caller?.name ?? '');
        return {};
      },
    }),
  ];
}
