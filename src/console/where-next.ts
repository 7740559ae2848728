/** Stands for whatever host the page has: only what stays on it is a place to go on to. */
const HERE = 'https://here.invalid'
const HOME = '/admin'

/**
 * Where somebody goes on after signing in: a page of the console, and never another site that an address names. It is
 * spelled as a browser would read it, so that nothing in it leads elsewhere later.
 */
export function whereNext(wanted: string): string {
  if (!wanted.startsWith('/') || !URL.canParse(wanted, HERE)) return HOME
  const { origin, pathname, search, hash } = new URL(wanted, HERE)
  const isPage = /^\/admin(?=\/|$)(?!\/(sign-in|sign-out|set-up|invitations)\b)/.test(pathname)
  return origin === HERE && isPage ? pathname + search + hash : HOME
}
