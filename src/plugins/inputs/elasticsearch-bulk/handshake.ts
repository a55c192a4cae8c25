import type { EndpointRequest, InputEndpoint } from '#core/plugin/input.ts';
import { json } from './answers.ts';

/** The version whose API is spoken: shippers refuse to speak to much older or newer ones than themselves. */
const VERSION = '8.17.0';
const LICENSE = { status: 'active', uid: 'nocmate', type: 'basic', mode: 'basic' };
const AVAILABLE = { available: true, enabled: true };

/** The answer to `GET /`. */
const BANNER = {
  name: 'nocmate',
  cluster_name: 'nocmate',
  cluster_uuid: 'nocmate',
  version: {
    number: VERSION,
    build_flavor: 'default',
    build_type: 'docker',
    build_hash: 'nocmate',
    build_date: '2024-12-11T12:08:05.663969764Z',
    build_snapshot: false,
    lucene_version: '9.12.0',
    minimum_wire_compatibility_version: '7.17.0',
    minimum_index_compatibility_version: '7.0.0',
  },
  tagline: 'You Know, for Search',
};

const HEALTH = {
  cluster_name: 'nocmate',
  status: 'green',
  timed_out: false,
  number_of_nodes: 1,
  number_of_data_nodes: 1,
  active_shards_percent_as_number: 100,
};

type Answer = (name: string) => unknown;

/** What shippers ask before they send. What they would set up there is nothing to set up here: it is there already. */
const ASKED: Readonly<Record<string, Answer>> = {
  '/elasticsearch': () => BANNER,
  '/elasticsearch/': () => BANNER,
  '/elasticsearch/_license': () => ({ license: LICENSE }),
  '/elasticsearch/_xpack': () => ({
    build: { hash: 'nocmate', date: BANNER.version.build_date },
    license: LICENSE,
    features: { ilm: AVAILABLE, security: { available: true, enabled: false } },
    tagline: BANNER.tagline,
  }),
  '/elasticsearch/_cluster/health': () => HEALTH,
  '/elasticsearch/_nodes/http': () => ({ cluster_name: 'nocmate', nodes: {} }),
  '/elasticsearch/_nodes': () => ({ cluster_name: 'nocmate', nodes: {} }),
  '/elasticsearch/_alias/:name': (name) => ({ [name]: { aliases: {} } }),
};

/** What shippers look for, and set up where it is absent. */
const SET_UP: Readonly<Record<string, Answer>> = {
  '/elasticsearch/_ilm/policy/:name': (name) => ({ [name]: { version: 1, policy: { phases: {} } } }),
  '/elasticsearch/_index_template/:name': (name) => ({ index_templates: [{ name, index_template: {} }] }),
  '/elasticsearch/_component_template/:name': (name) => ({ component_templates: [{ name, component_template: {} }] }),
  '/elasticsearch/_template/:name': (name) => ({ [name]: {} }),
  '/elasticsearch/_data_stream/:name': (name) => ({ data_streams: [{ name, status: 'GREEN' }] }),
  '/elasticsearch/_ingest/pipeline/:name': (name) => ({ [name]: { processors: [] } }),
};

/** The paths of the handshake; those that only tell who answers need no login. */
export const handshakeEndpoints: readonly InputEndpoint[] = [
  ...Object.entries({ ...ASKED, ...SET_UP }).map(([path, answer]): InputEndpoint => {
    return { method: 'GET', path, isPublic: true, reply: (_, request) => json(200, answer(nameOf(request))) };
  }),
  ...Object.keys(SET_UP).map((path): InputEndpoint => {
    return { method: 'PUT', path, reply: () => json(200, { acknowledged: true }) };
  }),
];

function nameOf({ params }: EndpointRequest): string {
  return params['name'] ?? '';
}
