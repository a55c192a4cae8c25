import { hostname } from 'node:os';
import { defineInput } from '#core/plugin/input.ts';
import { systemClock } from '#io/clock.ts';
import { FileTailConfig } from './config.ts';
import { hostLogs } from './host-logs.ts';
import { Tail } from './tail.ts';

export default defineInput({
  title: 'Log files',
  summary:
    'Lines of files by globs, through rotation of any kind and restarts, each exactly once; this machine’s own logs.',
  config: FileTailConfig,
  start: async ({ files, hostLogs: ownLogs }, context) => {
    const own = ownLogs === 'on' ? hostLogs() : [];
    const groups = [...files, ...own];
    if (groups.length === 0) return;
    for (const { multiline } of groups) if (multiline !== 'off') context.continues(multiline);
    const { now, monotonic } = systemClock;
    const parts = { groups, quiet: new Set(own), host: hostname(), continues: context.continues, now, monotonic };
    context.pull((pull) => new Tail({ ...parts, pull }).run());
  },
});
