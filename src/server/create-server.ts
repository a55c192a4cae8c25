import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { elasticRoutes } from '#api/elasticsearch/index.ts';
import { graphiteRoutes } from '#api/graphite/index.ts';
import { createHttpServer, type HttpServer, loadWebFiles } from '#api/http/index.ts';
import { endpointRoutes, ingestRoutes, sourceRoutes } from '#api/ingest/index.ts';
import { createLiveHub, type LiveHub } from '#api/live/index.ts';
import { logRoutes } from '#api/logs/index.ts';
import { queryRoutes } from '#api/query/index.ts';
import { sqlRoutes } from '#api/sql/index.ts';
import type { PartStatus } from '#core/api/status.ts';
import type { Route } from '#core/route.ts';
import { parseHostPort } from '#core/units/listen-address.ts';
import { tapWithPatterns } from '#features/log-patterns/index.ts';
import { createSelf, type SelfFeature } from '#features/self/index.ts';
import { createParts, type Parts, type PartsOptions } from './parts.ts';
import { prometheusApi } from './prometheus-api.ts';
import { startStore } from './start-storage.ts';

export type Server = {
  /** Resolves when intake and HTTP are open. `ready` goes on. Throws when a port is taken. */
  readonly start: () => Promise<{ readonly host: string; readonly port: number }>;
  /** Resolves when everything serves; rejects with the fault that someone has to mend. */
  readonly ready: () => Promise<void>;
  /** A one-time secret for the set-up page while there is no user. */
  readonly setupToken: () => Promise<string | undefined>;
  /** Stops taking, drains what was taken, ends the children. */
  readonly stop: () => Promise<void>;
};

export type ServerOptions = PartsOptions & {
  /** Creates the user `admin` with this password when there is no user yet. */
  readonly adminPassword: string | undefined;
};

const WEB_DIST = fileURLToPath(new URL('../../web/dist/', import.meta.url));
const HTTP_DRAIN_MS = 2_000;
const OFF = { host: '', port: 0 };

/** The composition root: the whole product as one object. */
export async function createServer(options: ServerOptions): Promise<Server> {
  const parts = createParts(options);
  const hub = createHub(parts, options);
  const status = new ServerStatus(parts);
  const self = createSelfFeature(parts, hub, status, options);
  const web = existsSync(`${WEB_DIST}index.html`) ? await loadWebFiles(WEB_DIST) : undefined;
  const { authenticate } = parts.access;
  const routes = allRoutes(parts, self, options);
  const http = createHttpServer({ routes, authenticate, web, upgrade: hub.upgrade, logger: options.logger });
  return new RunningServer({ parts, hub, self, http, status, options });
}

function createHub({ access, metrics, ingest, patterns }: Parts, { clock, logger }: ServerOptions): LiveHub {
  return createLiveHub({
    authenticate: access.authenticate,
    catalogue: metrics.catalogue,
    tap: ingest.tap,
    logTap: tapWithPatterns(ingest.logTap, patterns.names),
    history: metrics.recent,
    clock,
    logger,
  });
}

function createSelfFeature(parts: Parts, hub: LiveHub, status: ServerStatus, options: ServerOptions): SelfFeature {
  const { ingest, metrics, runner, telemetry, state, host, storageStatus } = parts;
  const { version, clock, logger } = options;
  return createSelf(
    {
      ...{ version, clock, host },
      parts: () => status.parts(),
      accounts: () => ingest.accounts(),
      listeners: () => ingest.listeners(),
      spool: () => ingest.spool(),
      insertLagMs: () => ingest.insertLagMs(),
      ingestRate: () => ingest.ingestRate(),
      activeSeries: () => ingest.activeSeries(),
      sampleCache: metrics.sampleCacheSize,
      viewers: hub.viewers,
      processes: () => [{ name: 'server', pid: process.pid }, ...telemetry.processes(), ...state.processes()],
      collectors: runner.statuses,
      storage: storageStatus,
    },
    ingest.samples,
    logger,
  );
}

function allRoutes(parts: Parts, self: SelfFeature, options: ServerOptions): Route[] {
  const { clock, inputs } = options;
  const { access, dashboards, events, inventory, ingest, metrics, queries } = parts;
  return [
    ...access.routes,
    ...dashboards.routes,
    ...events.routes,
    ...inventory.routes,
    ...parts.savedSearches.routes,
    ...parts.patterns.routes,
    ...parts.collecting.routes,
    ...parts.ruleRoutes,
    ...self.routes,
    ...ingestRoutes(ingest),
    ...sourceRoutes(ingest),
    ...endpointRoutes(inputs, ingest),
    ...queryRoutes(metrics, queries.texts),
    ...sqlRoutes(queries.sql),
    ...logRoutes(queries.logs),
    ...elasticRoutes({ logs: queries.logs, clock }),
    ...graphiteRoutes({ source: queries.graphite, clock, painter: parts.painter, events: ingest.events }),
    ...prometheusApi(parts, options),
  ];
}

/** What the health answer says about each part. */
class ServerStatus {
  readonly #parts: Parts;
  http: PartStatus = { state: 'starting', detail: 'not listening yet' };
  access: PartStatus = { state: 'starting', detail: 'waiting for the state database' };

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  parts(): Readonly<Record<string, PartStatus>> {
    const { telemetry, state, ingest } = this.#parts;
    const { http, access } = this;
    return { http, ingest: ingest.status(), telemetry: telemetry.status(), state: state.status(), access };
  }
}

type Running = {
  readonly parts: Parts;
  readonly hub: LiveHub;
  readonly self: SelfFeature;
  readonly http: HttpServer;
  readonly status: ServerStatus;
  readonly options: ServerOptions;
};

class RunningServer implements Server {
  readonly #running: Running;
  readonly #life = new AbortController();
  #ready: Promise<void> | undefined;
  /** Settles when each store has started or failed. */
  #starting: Promise<unknown> | undefined;

  constructor(running: Running) {
    this.#running = running;
  }

  async start(): Promise<{ host: string; port: number }> {
    const { parts, http, self, status, options } = this.#running;
    // Intake and charts need no store to begin: the host's first seconds are on the screen from the start.
    await parts.ingest.start();
    parts.collecting.start();
    parts.scraper.start();
    self.start();
    const wanted = parseHostPort(options.config.http.listen);
    const address = wanted === undefined ? OFF : await http.listen(wanted.host, wanted.port);
    status.http =
      wanted === undefined
        ? { state: 'off', detail: 'switched off' }
        : { state: 'up', detail: `${address.host}:${address.port}` };
    this.#ready = this.#startStores();
    this.#ready.catch(() => undefined);
    return address;
  }

  ready(): Promise<void> {
    return this.#ready ?? Promise.reject(new Error('the server was not started'));
  }

  setupToken(): Promise<string | undefined> {
    return this.#running.parts.access.setupUrlToken();
  }

  async stop(): Promise<void> {
    const { parts, hub, self, http } = this.#running;
    this.#life.abort();
    parts.ingest.events.append(systemEvent('system.stop', 'NOCMATE-Rx stops', parts.host));
    hub.close();
    await Promise.all([
      http.close(HTTP_DRAIN_MS),
      parts.collecting.stop(),
      parts.scraper.stop(),
      parts.stopRules(),
      self.stop(),
    ]);
    await parts.painter.stop();
    await parts.ingest.stop();
    await this.#stopStores();
    // What was still on its way up at the first call is ended by the second.
    await this.#starting;
    await this.#stopStores();
  }

  async #stopStores(): Promise<void> {
    const { telemetry, state } = this.#running.parts;
    await Promise.all([telemetry.stop(), state.stop()]);
  }

  async #startStores(): Promise<void> {
    const { parts, options, status } = this.#running;
    const tools = { ...options, signal: this.#life.signal };
    const starts = [startStore(parts.telemetry, tools), startStore(parts.state, tools)];
    this.#starting = Promise.allSettled(starts);
    await Promise.all(starts);
    if (this.#life.signal.aborted) return;
    if (options.adminPassword !== undefined) await parts.access.createAdmin('admin', options.adminPassword);
    await parts.patterns.start();
    await parts.startRules();
    await parts.collecting.storesReady();
    status.access = { state: 'up', detail: 'users and tokens are known' };
    parts.ingest.events.append(systemEvent('system.start', `NOCMATE-Rx ${options.version} started`, parts.host));
  }
}

function systemEvent(kind: string, message: string, host: string) {
  return { t: Date.now(), kind, severity: 'info', message, labels: { host, service: 'nocmate' } } as const;
}
