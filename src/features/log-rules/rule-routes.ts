import {
  type GrokPatterns,
  type LogRuleVersions,
  RestoreLogRulesRequest,
  SaveLogRulesRequest,
  SuggestPatternRequest,
  TryLogRulesRequest,
} from '#core/api/log-rule-api.ts';
import { AppError } from '#core/errors.ts';
import { defineRoute, type Route } from '#core/route.ts';
import type { Clock } from '#io/clock.ts';
import { createGrokLibrary } from '#parsing/grok/grok-library.ts';
import type { RuleBench } from './rule-bench.ts';
import type { RuleService } from './rule-service.ts';
import { type StoredLines, sampleLines } from './sample-lines.ts';

const MAX_BODY = 4 * 1024 * 1024;

/** The rules, their history, and the patterns that grok knows. */
export function readRoutes(service: RuleService): Route[] {
  const library: GrokPatterns = {
    patterns: [...createGrokLibrary('ecs-v1')].map(([name, pattern]) => ({ name, pattern })),
  };
  return [
    defineRoute({ method: 'GET', path: '/api/log-rules', permission: 'read', handler: () => service.read() }),
    defineRoute({
      method: 'GET',
      path: '/api/log-rules/versions',
      permission: 'read',
      handler: async (): Promise<LogRuleVersions> => ({ versions: await service.versions() }),
    }),
    defineRoute({
      method: 'GET',
      path: '/api/log-rules/versions/:version',
      permission: 'read',
      handler: ({ params }) => service.versionOf(versionOf(params['version'])),
    }),
    defineRoute({ method: 'GET', path: '/api/log-rules/grok', permission: 'read', handler: () => library }),
  ];
}

/** What puts other rules into force. */
export function changeRoutes(service: RuleService): Route[] {
  return [
    defineRoute({
      method: 'PUT',
      path: '/api/log-rules',
      permission: 'admin',
      body: SaveLogRulesRequest,
      bodyLimitBytes: MAX_BODY,
      handler: ({ body, caller }) => service.save(body, caller),
    }),
    defineRoute({
      method: 'POST',
      path: '/api/log-rules/restore',
      permission: 'admin',
      body: RestoreLogRulesRequest,
      handler: ({ body, caller }) => service.restore(body, caller),
    }),
  ];
}

type Tools = { readonly bench: RuleBench; readonly logs: StoredLines; readonly clock: Pick<Clock, 'now'> };

/** What shows rules at work and changes nothing. */
export function triedRoutes({ bench, logs, clock }: Tools): Route[] {
  return [
    defineRoute({
      method: 'POST',
      path: '/api/log-rules/try',
      permission: 'read',
      body: TryLogRulesRequest,
      bodyLimitBytes: MAX_BODY,
      handler: async ({ body: { rules, lines, query, sample, ...sender }, signal }) => {
        const now = clock.now();
        if (lines.length > 0) {
          const pasted = lines.map((body) => ({ ...sender, body }));
          return bench.try({ rules, lines: pasted, recognise: true, now }, signal);
        }
        const stored = await sampleLines(logs, { query, sample, now }, signal);
        return bench.try({ rules, lines: stored, recognise: false, now }, signal);
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/api/log-rules/suggest',
      permission: 'read',
      body: SuggestPatternRequest,
      handler: ({ body, signal }) => bench.suggest(body.line, signal),
    }),
  ];
}

function versionOf(text: string | undefined): number {
  const version = Number(text);
  if (!Number.isSafeInteger(version) || version < 1) {
    throw new AppError('bad_request', `"${text ?? ''}" is no version: versions are numbers from 1`);
  }
  return version;
}
