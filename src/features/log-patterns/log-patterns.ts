import {
  PatternChange,
  PatternId,
  PatternListRequest,
  PatternMergeRequest,
  PatternSeparateRequest,
} from '#core/api/log-patterns.ts';
import { AppError } from '#core/errors.ts';
import type { LogPatternIntake } from '#core/log-pattern-intake.ts';
import { type Caller, defineRoute, type Route } from '#core/route.ts';
import type { EventSink } from '#core/sink.ts';
import type { Clock } from '#io/clock.ts';
import { createLogSearch, type LogSearch, type PatternNames } from '#query/logs/index.ts';
import type { TelemetryStore } from '#storage/clickhouse/telemetry-store.ts';
import type { StateDb } from '#storage/postgres/index.ts';
import { PatternBook } from './pattern-book.ts';
import { changed, mergedInto, separated } from './pattern-changes.ts';
import { listPatterns, type PatternListParts } from './pattern-list.ts';

export type LogPatternsOptions = {
  readonly db: StateDb;
  readonly store: TelemetryStore;
  readonly intake: LogPatternIntake;
  readonly events: EventSink;
  readonly clock: Clock;
};

/** Patterns of log lines as users see and change them. */
export type LogPatternsFeature = {
  readonly routes: readonly Route[];
  /** What texts say of patterns. */
  readonly names: PatternNames;
  /** The search of stored logs that knows them. */
  readonly logs: LogSearch;
  /** To be called when the state database answers. */
  readonly start: () => Promise<void>;
};

const PATH = '/api/log-patterns';

/** Puts the feature together. */
export function createLogPatterns({ db, store, intake, events, clock }: LogPatternsOptions): LogPatternsFeature {
  const book = new PatternBook({ db, intake, clock });
  const names: PatternNames = { idsOf: (text) => book.idsOf(text), merged: () => book.merged() };
  const logs = createLogSearch({ store, clock, patterns: names });
  const context = { book, intake, logs, now: clock.now, events };
  return {
    names,
    logs,
    start: () => book.start(),
    routes: [listRoute(context), changeRoute(context), ...mergeRoutes(context)],
  };
}

type Context = PatternListParts & { readonly events: EventSink };

function listRoute(context: Context): Route {
  return defineRoute({
    method: 'POST',
    path: PATH,
    permission: 'read',
    body: PatternListRequest,
    handler: ({ body, signal }) => listPatterns(context, body, signal),
  });
}

function changeRoute({ book, events, now }: Context): Route {
  return defineRoute({
    method: 'PUT',
    path: `${PATH}/:id`,
    permission: 'write',
    body: PatternChange,
    handler: async ({ params, body, caller }) => {
      const id = book.currentId(idOf(params['id']));
      await book.change((edits) => changed(edits, id, body), nameOf(caller));
      tell({ events, now }, `${nameOf(caller)} changed the log pattern ${id}: ${JSON.stringify(body)}`);
      return {};
    },
  });
}

function mergeRoutes({ book, events, now }: Context): Route[] {
  const current = (id: string): string => book.currentId(id);
  return [
    defineRoute({
      method: 'POST',
      path: `${PATH}/merge`,
      permission: 'write',
      body: PatternMergeRequest,
      handler: async ({ body, caller }) => {
        await book.change((edits) => mergedInto(edits, body, current), nameOf(caller));
        tell({ events, now }, `${nameOf(caller)} merged the log patterns ${body.ids.join(', ')} into ${body.into}`);
        return {};
      },
    }),
    defineRoute({
      method: 'POST',
      path: `${PATH}/separate`,
      permission: 'write',
      body: PatternSeparateRequest,
      handler: async ({ body, caller }) => {
        await book.change((edits) => separated(edits, body.id), nameOf(caller));
        tell({ events, now }, `${nameOf(caller)} took the log pattern ${body.id} out of the one it was merged into`);
        return {};
      },
    }),
  ];
}

function idOf(text: string | undefined): string {
  const { data } = PatternId.safeParse(text);
  if (data === undefined) throw new AppError('bad_request', `'${text}' is no id of a pattern: 16 hex digits`);
  return data;
}

const nameOf = (caller: Caller | undefined): string => caller?.name ?? '';

function tell({ events, now }: Pick<Context, 'events' | 'now'>, message: string): void {
  events.append({ t: now(), kind: 'config.log_patterns', severity: 'info', message, labels: { service: 'nocmate' } });
}
