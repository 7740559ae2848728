/**
 * Whether a browser sent this request from a page of ours: what a cookie comes with may have been sent by any page that
 * somebody has open. Browsers say it in `Sec-Fetch-Site`; over plain http they send no more than `Origin`.
 * @param origin the public origin of this page
 */
export function isSameOrigin(request: Request, origin: string): boolean {
  const site = request.headers.get('Sec-Fetch-Site')
  if (site !== null) return site === 'same-origin'
  const from = request.headers.get('Origin')
  if (from === null || !URL.canParse(from)) return false
  // Under another name than the public one, for instance an address of the local network, the host has to fit.
  return from === new URL(origin).origin || new URL(from).host === request.headers.get('Host')
}

/** Whether a browser says that a page of another site has led here: nobody has pressed a button of ours. */
export function isLedFromElsewhere(request: Request): boolean {
  return ['cross-site', 'same-site'].includes(request.headers.get('Sec-Fetch-Site') ?? '')
}
