/** The server refuses shorter ones; said here before the request. */
export const PASSWORD_MIN = 8;

/** What is wrong with a new password typed twice; undefined = nothing. */
export function passwordProblem(password: string, again: string): string | undefined {
  if (password.length < PASSWORD_MIN) return `Too short: at least ${PASSWORD_MIN} characters`;
  return password === again ? undefined : 'The two passwords differ';
}
