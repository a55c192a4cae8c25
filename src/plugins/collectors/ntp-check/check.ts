import { randomBytes } from 'node:crypto';
import { type FoundSoFar, runCheck } from '#core/plugin/check-run.ts';
import { CollectError } from '#core/plugin/collect-error.ts';
import type { CollectContext, CollectedState, Collection } from '#core/plugin/collector.ts';
import type { TargetContext } from '#core/plugin/target-context.ts';
import { addressOf, checkName, type NtpCheckConfig } from './config.ts';
import { LEAPS } from './metrics.ts';
import { decodePacket, encodeQuestion, isAnswerTo, type NtpPacket } from './packet.ts';
import { packetValues } from './parse.ts';
import { wallOffset } from './wall-clock.ts';

const SERVER = 4;
const UNSYNCHRONIZED = 3;

/** The check of one time server; what is wrong with it is in what it gives. */
export function ntpCheck(config: NtpCheckConfig, { probe }: TargetContext) {
  const check = checkName(config);

  return async (context: CollectContext): Promise<Collection> => {
    const states: CollectedState[] = [];
    const collection = await runCheck({ prefix: 'ntpcheck', check }, context, async (found) => {
      const nonce = randomBytes(8);
      const { signal } = context;
      const answer = await probe.ask(addressOf(config), encodeQuestion(nonce), {
        ...{ signal, isAnswer: (message) => isAnswerTo(nonce, message) },
      });
      if (answer.lookup !== undefined) found.timings = { lookup: answer.lookup };
      const packet = decodePacket(answer.message);
      if (packet.mode !== SERVER) throw new CollectError('protocol', `mode ${packet.mode} is no answer of a server`);
      states.push({ metric: 'ntpcheck_leap', labels: { check }, state: LEAPS[packet.leap] ?? 'none' });
      const offset = measured(packet, answer, found);
      return failureOf(packet, offset, config, found) ?? 'ok';
    });
    return { ...collection, states: [...(collection.states ?? []), ...states] };
  };
}

type Sent = { readonly sentAt: number; readonly receivedAt: number };

/** In ms; `certainMs` is how far the clocks are apart at least, whatever time each way took. */
type Offset = { readonly offsetMs: number; readonly certainMs: number };

/** The offset of the clocks (RFC 5905 §8); undefined when the server does not say its time. */
function measured(packet: NtpPacket, { sentAt, receivedAt }: Sent, found: FoundSoFar): Offset | undefined {
  const { receivedMs, sentMs } = packet;
  found.values.push(...packetValues(packet));
  if (receivedMs === undefined || sentMs === undefined) return undefined;
  const wall = wallOffset();
  const offsetMs = (receivedMs - (sentAt + wall) + (sentMs - (receivedAt + wall))) / 2;
  const roundTripMs = Math.max(0, receivedAt - sentAt - (sentMs - receivedMs));
  found.values.push({ metric: 'ntpcheck_offset_seconds', value: offsetMs / 1_000 });
  found.values.push({ metric: 'ntpcheck_round_trip_duration_seconds', value: roundTripMs / 1_000 });
  return { offsetMs, certainMs: Math.abs(offsetMs) - roundTripMs / 2 };
}

function failureOf(
  { leap, stratum, referenceId }: NtpPacket,
  offset: Offset | undefined,
  { maxOffsetMs, maxStratum }: NtpCheckConfig,
  found: FoundSoFar,
): string | undefined {
  if (stratum === 0) {
    found.reason = `it refuses: ${referenceId}`;
    return 'refused_by_server';
  }
  if (leap === UNSYNCHRONIZED || stratum > 15 || offset === undefined) return 'unsynchronized';
  if (offset.certainMs > maxOffsetMs) {
    found.reason = `the clocks are ${offset.offsetMs.toFixed(1)} ms apart`;
    return 'offset';
  }
  return stratum > maxStratum ? 'stratum' : undefined;
}
