/** Where somebody goes on after signing in: a page of the console, and never another site that an address names. */
export function whereNext(wanted: string): string {
  return /^\/admin(?=[/?#]|$)(?!\/(sign-in|sign-out|set-up|invitations)\b)/.test(wanted) ? wanted : '/admin'
}
