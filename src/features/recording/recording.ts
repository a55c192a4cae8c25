import {
  type RecordingGroup,
  RecordingGroups,
  type RecordingLanguage,
  type RecordingRule,
  RecordingYaml,
  type RulesProvider,
  SaveRecordingRequest,
  type StoredRecording,
} from '#core/api/recording.ts';
import { AppError, messageOf } from '#core/errors.ts';
import { type Caller, defineRoute, type Route, RouteResponse } from '#core/route.ts';
import { InTurn } from '#io/in-turn.ts';
import {
  type DocumentTables,
  readDocument,
  type StateDb,
  saveDocument,
  type VersionedDocument,
} from '#storage/postgres/index.ts';
import { GroupRunner, type RunnerParts } from './group-runner.ts';
import { forgetProgress, readProgress, saveProgress } from './progress.ts';
import { printRuleFile, readRuleFile } from './rule-yaml.ts';

export type RecordingOptions = RunnerParts & { readonly db: StateDb };

/** Rules that are evaluated on a schedule and whose results are recorded as series. */
export type Recording = {
  readonly routes: readonly Route[];
  readonly rules: RulesProvider;
  /** Starts the stored groups; to be called when the stores answer. */
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

type Asked = { readonly caller: Caller | undefined; readonly signal: AbortSignal };

const MAX_BODY = 4 * 1024 * 1024;
const DOCUMENT = 'recording-rules';

/** Puts the feature together. */
export function createRecording(options: RecordingOptions): Recording {
  const service = new RecordingService(options);
  return {
    routes: [...readRoutes(service), ...changeRoutes(service)],
    rules: { groups: () => service.running.map((runner) => ({ group: runner.group, status: runner.status })) },
    start: () => service.start(),
    stop: () => service.stop(),
  };
}

class RecordingService {
  readonly #options: RecordingOptions;
  running: readonly GroupRunner[] = [];
  readonly #turn = new InTurn();

  constructor(options: RecordingOptions) {
    this.#options = options;
  }

  get #db() {
    return this.#options.db.$extendTables<DocumentTables>();
  }

  read(): Promise<VersionedDocument<RecordingGroup[]>> {
    return readDocument(this.#db, DOCUMENT, (content) => RecordingGroups.parse(content ?? []));
  }

  async save({ version, groups }: SaveRecordingRequest, { caller, signal }: Asked): Promise<StoredRecording> {
    for (const { name, rules } of groups) for (const rule of rules) await this.#check(name, rule, signal);
    const { clock, events } = this.#options;
    const by = caller?.name ?? '';
    const saved = await saveDocument(this.#db, DOCUMENT, { version, content: groups, by, now: clock.now() });
    const message = `${by} saved ${groups.length} groups of recording rules`;
    events.append({ t: clock.now(), kind: 'rules.saved', severity: 'info', message, labels: { user: by } });
    await this.#replace(groups);
    return this.answer(saved);
  }

  answer({ content, ...saved }: VersionedDocument<RecordingGroup[]>): StoredRecording {
    return { ...saved, groups: content, status: this.running.map(({ status }) => status) };
  }

  parse(expr: string): void {
    this.#options.engine.parse(expr);
  }

  async start(): Promise<void> {
    const progress = await readProgress(this.#options.db);
    const { content } = await this.read();
    const gone = [...progress.keys()].filter((name) => !content.some((group) => group.name === name));
    await forgetProgress(this.#options.db, gone);
    await this.#replace(content, progress);
  }

  async stop(): Promise<void> {
    const runners = this.running;
    this.running = [];
    await Promise.all(runners.map((runner) => runner.stop()));
  }

  /** Groups that did not change go on; the series of those that are gone end. */
  #replace(groups: readonly RecordingGroup[], progress?: ReadonlyMap<string, number>): Promise<void> {
    return this.#turn.run(async () => {
      const wanted = groups.filter(({ isEnabled }) => isEnabled);
      const kept = new Map(this.running.map((runner) => [JSON.stringify(runner.group), runner]));
      const next = wanted.map(
        (group) => kept.get(JSON.stringify(group)) ?? this.#runner(group, progress?.get(group.name)),
      );
      const gone = this.running.filter((runner) => !next.includes(runner));
      await Promise.all(gone.map((runner) => runner.stop()));
      await Promise.allSettled(gone.map((runner) => runner.end(this.#options.clock.now())));
      for (const runner of next) if (!this.running.includes(runner)) runner.start();
      this.running = next;
    });
  }

  #runner(group: RecordingGroup, evaluatedUntil: number | undefined): GroupRunner {
    // What cannot be kept now is kept, with a later time, after the next evaluation.
    const keep = (at: number): Promise<void> => saveProgress(this.#options.db, group.name, at).catch(() => undefined);
    return new GroupRunner(group, this.#options, { evaluatedUntil, keep });
  }

  async #check(group: string, { record, language, expr }: RecordingRule, signal: AbortSignal): Promise<void> {
    const problem = language === 'promql' ? this.#problemOf(expr) : await this.#textProblem(language, expr, signal);
    if (problem !== undefined) throw new AppError('bad_request', `${group}, ${record}: ${problem}`);
  }

  #problemOf(expr: string): string | undefined {
    try {
      this.parse(expr);
      return undefined;
    } catch (error) {
      return messageOf(error);
    }
  }

  async #textProblem(language: RecordingLanguage, text: string, signal: AbortSignal): Promise<string | undefined> {
    return (await this.#options.texts.check({ language, text }, signal)).problem?.message;
  }
}

function readRoutes(service: RecordingService): Route[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/api/recording',
      permission: 'read',
      handler: async () => service.answer(await service.read()),
    }),
    defineRoute({
      method: 'GET',
      path: '/api/recording/yaml',
      permission: 'read',
      handler: async () =>
        new RouteResponse(printRuleFile((await service.read()).content), {
          headers: {
            'content-type': 'application/yaml; charset=utf-8',
            'content-disposition': 'attachment; filename="recording-rules.yaml"',
          },
        }),
    }),
  ];
}

function changeRoutes(service: RecordingService): Route[] {
  return [
    defineRoute({
      method: 'PUT',
      path: '/api/recording',
      permission: 'write',
      body: SaveRecordingRequest,
      bodyLimitBytes: MAX_BODY,
      handler: ({ body, caller, signal }) => service.save(body, { caller, signal }),
    }),
    defineRoute({
      method: 'POST',
      path: '/api/recording/read-yaml',
      permission: 'read',
      body: RecordingYaml,
      bodyLimitBytes: MAX_BODY,
      handler: ({ body }) => readRuleFile(body.yaml, (expr) => service.parse(expr)),
    }),
  ];
}
