import { endsTooSoon, tlsRefusal } from '#core/plugin/check-options.ts';
import { type FoundSoFar, runCheck } from '#core/plugin/check-run.ts';
import { CollectError } from '#core/plugin/collect-error.ts';
import type { CollectContext, CollectedState, Collection } from '#core/plugin/collector.ts';
import type { TargetContext } from '#core/plugin/target-context.ts';
import { addressText } from '#core/plugin/target-options.ts';
import { addressOf, checkName, type GrpcCheckConfig } from './config.ts';
import { callHealth, type HealthAnswer } from './health-call.ts';
import { encodeRequest } from './health-message.ts';
import { servingState } from './parse.ts';

const OK = 0;

/** The check of one service; what is wrong with it is in what it gives. */
export function grpcCheck(config: GrpcCheckConfig, { probe, secret }: TargetContext) {
  const check = checkName(config);
  const message = encodeRequest(config.service);

  return async (context: CollectContext): Promise<Collection> => {
    const { signal, scheduledAt: now } = context;
    const { token, tls: isTls, authority = addressText(addressOf(config)) } = config;
    const headers = token === undefined ? {} : { authorization: `Bearer ${await secret(token)}` };
    const states: CollectedState[] = [];
    const collection = await runCheck({ prefix: 'grpccheck', check }, context, async (found) => {
      const { socket, tls, timings } = await probe.open(addressOf(config), { ...config, alpn: ['h2'], signal });
      Object.assign(found, { tls, timings });
      const refusal = tls === undefined ? undefined : tlsRefusal(tls, config);
      if (refusal !== undefined) {
        socket.destroy();
        return refusal;
      }
      const started = performance.now();
      const answer = await callHealth(socket, { authority, isTls, headers, message }, signal);
      const value = (performance.now() - started) / 1_000;
      found.values.push({ metric: 'grpccheck_request_duration_seconds', value });
      const failure = failureOf(answer, found, states);
      if (failure !== undefined) return failure;
      return tls !== undefined && endsTooSoon(tls, config, now) ? 'certificate_ends' : 'ok';
    });
    const own = states.map((state) => ({ ...state, labels: { check } }));
    return { ...collection, states: [...(collection.states ?? []), ...own] };
  };
}

/** What is wrong with an answer; notes the state that it tells. */
function failureOf(answer: HealthAnswer, found: FoundSoFar, states: CollectedState[]): string | undefined {
  const { status, grpcStatus, grpcMessage, body } = answer;
  if (status !== 200 && Number.isNaN(grpcStatus)) {
    found.reason = `status ${status} of HTTP`;
    return 'http_status';
  }
  if (Number.isNaN(grpcStatus)) throw new CollectError('protocol', 'what came is no answer of gRPC');
  found.values.push({ metric: 'grpccheck_status_code', value: grpcStatus });
  if (grpcStatus !== OK) {
    found.reason = `status ${grpcStatus} ${grpcMessage}`;
    return 'grpc_status';
  }
  const state = stateOf(body);
  states.push(state);
  if (state.state === 'serving') return undefined;
  found.reason = `the service is ${state.state}`;
  return 'not_serving';
}

function stateOf(body: Buffer): CollectedState {
  try {
    return servingState(body);
  } catch (error) {
    throw new CollectError('protocol', 'what came is no answer of the health protocol', { cause: error });
  }
}
