/** What a plugin says (guidelines for plugins, "Plugin Output for Nagios"). */
export type PluginOutput = {
  /** The first line, for people. */
  readonly text: string;
  readonly longText: string;
  /** All perfdata of all lines, with blanks between. */
  readonly perfdata: string;
};

/** Takes an output apart: `text | perfdata`, then lines of long text, and behind a second `|` perfdata to the end. */
export function splitPluginOutput(output: string): PluginOutput {
  const [first = '', ...lines] = output.split('\n');
  const [text, perfdata] = cut(first);
  const [longText, more] = cut(lines.join('\n'));
  const all = [perfdata, ...more.split('\n')].map((part) => part.trim()).filter((part) => part !== '');
  return { text: text.trim(), longText: longText.trim(), perfdata: all.join(' ') };
}

function cut(text: string): readonly [before: string, after: string] {
  const bar = text.indexOf('|');
  return bar < 0 ? [text, ''] : [text.slice(0, bar), text.slice(bar + 1)];
}
