/** What ends a change of what is stored that is made behind the scenes: the engine waits for it otherwise. */
export const LATER = ' SETTINGS mutations_sync = 0, alter_sync = 0';
