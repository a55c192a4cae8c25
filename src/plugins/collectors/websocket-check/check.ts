import { RE2JS } from 're2js';
import { endsTooSoon, tlsRefusal } from '#core/plugin/check-options.ts';
import { type FoundSoFar, runCheck } from '#core/plugin/check-run.ts';
import type { CollectContext, Collection } from '#core/plugin/collector.ts';
import type { TargetContext } from '#core/plugin/target-context.ts';
import { addressOf, checkName, httpUrl, type WebsocketCheckConfig } from './config.ts';
import { Conversation } from './conversation.ts';

/** The check of one WebSocket; what is wrong with it is in what it gives. */
export function websocketCheck(config: WebsocketCheckConfig, { probe, secret }: TargetContext) {
  const named = { prefix: 'websocketcheck', check: checkName(config) };
  const pattern = config.expect === undefined ? undefined : RE2JS.compile(config.expect);
  const url = httpUrl(config);
  const plainUrl = `ws://${url.host}${url.pathname}${url.search}`;

  return async (context: CollectContext): Promise<Collection> => {
    const { signal, scheduledAt: now } = context;
    const headers = { host: url.host, ...(await headersOf(config, secret)) };
    return runCheck(named, context, async (found) => {
      const isTls = url.protocol === 'https:';
      const { socket, tls, timings } = await probe.open(addressOf(config), {
        ...{ ...config, tls: isTls, alpn: ['http/1.1'], signal },
      });
      Object.assign(found, { tls, timings });
      const refusal = tls === undefined ? undefined : tlsRefusal(tls, config);
      if (refusal !== undefined) {
        socket.destroy();
        return refusal;
      }
      const { protocols } = config;
      const conversation = new Conversation(socket, { url: plainUrl, protocols, headers }, signal);
      try {
        const failure = await converse(conversation, { config, pattern }, found);
        if (failure !== undefined) return failure;
        return tls !== undefined && endsTooSoon(tls, config, now) ? 'certificate_ends' : 'ok';
      } finally {
        conversation.close();
        socket.destroy();
      }
    });
  };
}

type Asked = { readonly config: WebsocketCheckConfig; readonly pattern: RE2JS | undefined };

/** What went wrong first; undefined: all is well. */
async function converse(
  conversation: Conversation,
  { config, pattern }: Asked,
  found: FoundSoFar,
): Promise<string | undefined> {
  const timed = async <Value>(name: string, wait: Promise<Value>): Promise<Value> => {
    const started = performance.now();
    const value = await wait;
    found.values.push({
      metric: `websocketcheck_${name}_duration_seconds`,
      value: (performance.now() - started) / 1_000,
    });
    return value;
  };
  const status = await timed('handshake', conversation.opened());
  found.values.push({ metric: 'websocketcheck_status_code', value: status });
  if (status !== 101) {
    found.reason = `status ${status} of HTTP`;
    return 'status';
  }
  if (config.protocols.length > 0 && !config.protocols.includes(conversation.protocol)) return 'subprotocol';
  if (config.ping) await timed('ping', conversation.ponged());
  if (config.send === undefined && pattern === undefined) return undefined;
  return (await timed('message', conversation.heard(config.send, pattern))) ? undefined : 'expect';
}

async function headersOf(config: WebsocketCheckConfig, secret: TargetContext['secret']) {
  const { headers, username, password, token } = config;
  const own = headers.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
  });
  const login = `${username}:${password === undefined ? '' : await secret(password)}`;
  return {
    'user-agent': 'NOCMATE-Rx',
    ...(username === undefined ? {} : { authorization: `Basic ${Buffer.from(login).toString('base64')}` }),
    ...(token === undefined ? {} : { authorization: `Bearer ${await secret(token)}` }),
    ...Object.fromEntries(own),
  };
}
