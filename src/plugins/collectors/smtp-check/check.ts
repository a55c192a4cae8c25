import { dialogueCheck } from '#core/plugin/check-dialogue.ts';
import type { TargetContext } from '#core/plugin/target-context.ts';
import { addressOf, checkName, type SmtpCheckConfig } from './config.ts';
import { SmtpDialogue } from './dialogue.ts';

/** The check of one mail server; what is wrong with it is in what it gives. */
export function smtpCheck(config: SmtpCheckConfig, context: TargetContext) {
  const checked = { prefix: 'smtpcheck', check: checkName(config), address: addressOf(config), options: config };
  return dialogueCheck(checked, context, (dialogue) => new SmtpDialogue(config, dialogue).run());
}
