import { CollectError } from '#core/plugin/collect-error.ts';
import type { Collection, CollectionProblem } from '#core/plugin/collector.ts';
import { namesOf, resourceOf, textOf } from './management-answer.ts';
import * as read from './parse.ts';
import { parseMachine } from './parse-jvm.ts';
import { joinParts, type Part } from './part.ts';

/** An address of the management model. */
type Address = readonly Readonly<Record<string, string>>[];
/** Asks for an operation; the text of the answer. */
export type Ask = (operation: Readonly<Record<string, unknown>>) => Promise<string>;
/** A server: its name, and where it stands in the model. */
type Server = { readonly name: string; readonly address: Address };
/** A part of a reading that may fail alone. */
type Take = (part: string, run: () => Promise<readonly Part[]>) => Promise<void>;

const CHILDREN = 'read-children-names';
const LISTENERS = ['http-listener', 'https-listener', 'ajp-listener'];

/** One reading of a standalone server, or of all servers of a domain that run. What fails alone is told. */
export async function collectJBoss(ask: Ask): Promise<Collection> {
  const parts: Part[] = [];
  const problems: CollectionProblem[] = [];
  const take: Take = async (part, run) => {
    try {
      parts.push(...(await run()));
    } catch (error) {
      if (!(error instanceof CollectError) || error.kind === 'unreachable' || error.kind === 'auth') throw error;
      problems.push({ part, message: error.message });
    }
  };
  const starts: number[] = [];
  const servers = await serversOf(ask);
  for (const server of servers) {
    await take(`${server.name}: server`, async () => [
      read.parseServer(await ask(rootOf(server.address)), server.name),
    ]);
    await take(`${server.name}: virtual machine`, async () => {
      const address = [...server.address, { 'core-service': 'platform-mbean' }];
      const machine = parseMachine(await ask(resource(address, true)), server.name);
      if (machine.startedAt !== undefined) starts.push(machine.startedAt);
      return [machine];
    });
    await takeSubsystems(ask, server, take);
  }
  const [startedAt] = starts;
  const joined = joinParts(parts);
  return { ...joined, problems, ...(servers.length === 1 && startedAt !== undefined ? { startedAt } : {}) };
}

/** The server itself, or those of a domain that run. */
async function serversOf(ask: Ask): Promise<Server[]> {
  const root = resourceOf(await ask(rootOf([])));
  const isDomain = /controller/i.test(textOf(root['process-type'])) || textOf(root['launch-type']) === 'DOMAIN';
  if (!isDomain) return [{ name: textOf(root['name']) || 'standalone', address: [] }];
  const servers: Server[] = [];
  for (const host of namesOf(await ask(names([], 'host')))) {
    for (const name of namesOf(await ask(names([{ host }], 'server')))) {
      servers.push({ name: `${host}/${name}`, address: [{ host }, { server: name }] });
    }
  }
  return servers;
}

async function takeSubsystems(ask: Ask, server: Server, take: Take): Promise<void> {
  const { name, address } = server;
  const at = (...path: Address): Address => [...address, ...path];
  let known: readonly string[] = [];
  await take(`${name}: subsystems`, async () => {
    known = namesOf(await ask(names(address, 'subsystem')));
    return [];
  });
  const has = (subsystem: string): boolean => known.includes(subsystem);
  if (has('undertow')) await take(`${name}: undertow`, () => undertow(ask, server));
  if (has('web')) await take(`${name}: web`, () => connectors(ask, server));
  if (has('datasources')) {
    await take(`${name}: datasources`, async () => [
      read.parseDatasources(await ask(resource(at({ subsystem: 'datasources' }), true)), name),
    ]);
  }
  if (has('transactions')) {
    await take(`${name}: transactions`, async () => [
      read.parseTransactions(await ask(resource(at({ subsystem: 'transactions' }), false)), name),
    ]);
  }
  if (has('messaging'))
    await take(`${name}: messaging`, () => destinations(ask, server, 'messaging', 'hornetq-server'));
  if (has('messaging-activemq'))
    await take(`${name}: messaging`, () => destinations(ask, server, 'messaging-activemq', 'server'));
  await take(`${name}: deployments`, () => deployments(ask, server));
}

async function undertow(ask: Ask, { name, address }: Server): Promise<Part[]> {
  const subsystem = [...address, { subsystem: 'undertow' }];
  const parts: Part[] = [];
  for (const server of namesOf(await ask(names(subsystem, 'server')))) {
    for (const kind of LISTENERS) {
      parts.push(read.parseListeners(await ask(resources([...subsystem, { server }], kind)), name));
    }
  }
  return parts;
}

async function connectors(ask: Ask, { name, address }: Server): Promise<Part[]> {
  const subsystem = [...address, { subsystem: 'web' }];
  const parts: Part[] = [];
  for (const connector of namesOf(await ask(names(subsystem, 'connector')))) {
    parts.push(read.parseConnector(await ask(resource([...subsystem, { connector }], false)), name));
  }
  return parts;
}

async function destinations(ask: Ask, { name, address }: Server, subsystem: string, kind: string): Promise<Part[]> {
  const parts: Part[] = [];
  for (const broker of namesOf(await ask(names([...address, { subsystem }], kind)))) {
    const at = [...address, { subsystem }, { [kind]: broker }];
    for (const what of ['queue', 'topic']) {
      parts.push(read.parseDestinations(await ask(resources(at, `jms-${what}`)), name, what));
    }
  }
  return parts;
}

async function deployments(ask: Ask, { name, address }: Server): Promise<Part[]> {
  const parts: Part[] = [];
  for (const deployment of namesOf(await ask(names(address, 'deployment')))) {
    parts.push(read.parseDeployment(await ask(resource([...address, { deployment }], true)), name));
  }
  return parts;
}

const rootOf = (address: Address) => ({
  ...{ operation: 'read-resource', address, 'attributes-only': true, 'include-runtime': true },
});
const resource = (address: Address, recursive: boolean) => ({
  ...{ operation: 'read-resource', address, recursive, 'include-runtime': true },
});
const resources = (address: Address, child: string) => ({
  ...{ operation: 'read-children-resources', address, 'child-type': child, 'include-runtime': true },
});
const names = (address: Address, child: string) => ({ operation: CHILDREN, address, 'child-type': child });
