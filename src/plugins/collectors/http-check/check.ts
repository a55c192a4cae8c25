import { connectionFailure } from '#core/plugin/check-failure.ts';
import { checkCollection } from '#core/plugin/check-series.ts';
import type { CollectContext, CollectedValue, Collection } from '#core/plugin/collector.ts';
import type { TargetContext } from '#core/plugin/target-context.ts';
import { type Assessed, assertionsOf, textOf } from './assertions.ts';
import { checkName, type HttpCheckConfig } from './config.ts';
import { type Reached, reach } from './follow.ts';
import { parseSoap } from './parse.ts';
import type { Asked, Measured, PhaseTimings } from './request.ts';

/** The check of one target. What is wrong with the target is in what it gives; a secret that is not there is thrown. */
export function httpCheck(config: HttpCheckConfig, { probe, secret }: TargetContext) {
  const assertions = assertionsOf(config);

  return async ({ signal, scheduledAt: now }: CollectContext): Promise<Collection> => {
    const asked = await askedOf(config, secret);
    const measured: Measured = { timings: {} };
    const started = performance.now();
    const reached = await reach(probe, config, asked, { measured, signal }).catch(
      (error: unknown): Reached => ({ failure: connectionFailure(error, signal), redirects: 0 }),
    );
    const durationMs = performance.now() - started;
    const { timings, tls } = measured;
    const { result, values } = assessed(reached, { tls, now });
    const found = { result, durationMs, timings, tls, values: [...exchangeValues(timings), ...values] };
    return checkCollection('httpcheck', checkName(config), found, now);
  };

  function assessed(reached: Reached, around: Omit<Assessed, 'answer'>) {
    if ('failure' in reached) return { result: reached.failure, values: [] };
    const { answer, redirects } = reached;
    const held = [...assertions].map(([name, holds]) => [name, holds({ answer, ...around })] as const);
    const values = [
      { metric: 'httpcheck_status_code', value: answer.status },
      { metric: 'httpcheck_response_size_bytes', value: answer.body.length },
      { metric: 'httpcheck_redirects', value: redirects },
      ...held.map(([assertion, holds]) => {
        return { metric: 'httpcheck_assertion_ok', labels: { assertion }, value: Number(holds) };
      }),
      ...(config.soap ? parseSoap(textOf(answer)) : []),
    ];
    return { result: held.find(([, holds]) => !holds)?.[0] ?? 'ok', values };
  }
}

async function askedOf(config: HttpCheckConfig, secret: TargetContext['secret']): Promise<Asked> {
  const { url, method, body, soap, soapAction, headers, username, password, token } = config;
  const own = headers.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
  });
  const login = `${username}:${password === undefined ? '' : await secret(password)}`;
  return {
    url: new URL(url),
    method: soap ? 'POST' : method,
    body,
    headers: {
      ...{ 'user-agent': 'NOCMATE-Rx', 'accept-encoding': 'gzip' },
      ...(username === undefined ? {} : { authorization: `Basic ${Buffer.from(login).toString('base64')}` }),
      ...(token === undefined ? {} : { authorization: `Bearer ${await secret(token)}` }),
      ...(soap ? { 'content-type': 'text/xml; charset=utf-8' } : {}),
      ...(soapAction === undefined ? {} : { soapaction: `"${soapAction}"` }),
      ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
      ...Object.fromEntries(own),
    },
  };
}

/** Times of the exchange, as far as it went. */
function exchangeValues({ request, response }: PhaseTimings): CollectedValue[] {
  const phases = { client_request: request, response };
  return Object.entries(phases).flatMap(([phase, ms]) =>
    ms === undefined ? [] : [{ metric: `httpcheck_${phase}_duration_seconds`, value: ms / 1_000 }],
  );
}
