import { runCheck } from '#core/plugin/check-run.ts';
import type { CollectContext, Collection } from '#core/plugin/collector.ts';
import type { TargetContext } from '#core/plugin/target-context.ts';
import { assessor } from './assess.ts';
import { checkName, type DnsCheckConfig } from './config.ts';
import { answerValues } from './parse.ts';
import { queryByTcp, queryByUdp } from './query.ts';

/** The check of one question to one server; what is wrong is in what it gives. */
export function dnsCheck(config: DnsCheckConfig, { probe }: TargetContext) {
  const assess = assessor(config);
  const named = { prefix: 'dnscheck', check: checkName(config) };

  return (context: CollectContext): Promise<Collection> =>
    runCheck(named, context, async (found) => {
      const { signal } = context;
      const isUdp = config.transport === 'udp';
      const first = await (isUdp ? queryByUdp : queryByTcp)(probe, config, signal);
      const isCut = isUdp && first.answer.isTruncated;
      const { answer, sizeBytes, queryMs, timings } = isCut ? await queryByTcp(probe, config, signal) : first;
      found.timings = timings;
      found.values.push(
        { metric: 'dnscheck_query_duration_seconds', value: queryMs / 1_000 },
        { metric: 'dnscheck_truncated', value: Number(isCut) },
        ...answerValues(answer, sizeBytes, config),
      );
      return assess(answer);
    });
}
