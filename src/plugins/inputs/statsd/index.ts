import { z } from 'zod';
import { defineInput } from '#core/plugin/input.ts';
import { Duration } from '#core/units/duration-option.ts';
import { ListenAddress } from '#core/units/listen-address.ts';
import { StatsdAggregator } from './aggregator.ts';
import { STATSD_DIALECTS } from './line.ts';
import { statsdReader } from './reader.ts';

const Threshold = z.number().min(-100).max(100);

const config = z.strictObject({
  listen: ListenAddress.default('127.0.0.1:8125').describe('UDP and TCP.'),
  flushInterval: Duration.refine((ms) => ms >= 1_000, { error: 'at least 1s' })
    .prefault('10s')
    .describe('What is received in so long becomes one sample per series, at multiples of it on the clock.'),
  percentThreshold: z
    .array(Threshold)
    .default([90, 95])
    .describe('Timers get `upper_N`, `mean_N`, … of their N % smallest values; negative: of the largest.'),
  prefix: z.string().default('stats').describe('First node of all names.'),
  legacyNamespace: z.boolean().default(false).describe('Rates as `stats.name`, counts as `stats_counts.name`.'),
  deleteIdle: z
    .boolean()
    .default(false)
    .describe('Writes nothing for names that were not heard of, instead of zeros and last values of gauges.'),
  dialect: z
    .enum(STATSD_DIALECTS)
    .default('etsy')
    .describe('`extended`: tags in names (`name,k=v`), types `h` and `d` as timers, unknown types refused.'),
});

export default defineInput({
  title: 'StatsD',
  summary: 'Counters, gauges, timers and sets as StatsD clients send them, over UDP and TCP, flushed as statsd does.',
  config,
  isOptional: true,
  start: async ({ listen, dialect, flushInterval, percentThreshold, ...options }, context) => {
    if (listen === 'off') return;
    const gathering = { ...options, flushIntervalMs: flushInterval, percentThresholds: percentThreshold };
    const aggregator = new StatsdAggregator(gathering);
    const reader = statsdReader(aggregator, dialect);
    context.flushEvery(flushInterval, (writer, at) => aggregator.flush(writer, at));
    await context.listenTcp(listen, reader);
    await context.listenUdp(listen, reader);
  },
});
