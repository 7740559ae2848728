import { find, findAll } from './find.ts'

const EVERY_MS = 45_000

const main = find('main')
/** As served, before the script has touched it: what a fresh page is compared with. */
let served = main?.innerHTML
let checkedAt = Date.now()

/**
 * Keeps an open page true: asks for it again while somebody looks, and when it has changed swaps what it says.
 * Where the reader is, what has the focus and what is unfolded stay as they are.
 */
export function keepFresh(enhance: () => void): void {
  const check = async () => {
    if (document.hidden || Date.now() - checkedAt < EVERY_MS) return
    checkedAt = Date.now()
    try {
      // The browser asks with its ETag; an unchanged page costs a few hundred bytes.
      const answer = await fetch('', { cache: 'no-cache' })
      if (answer.ok) swap(new DOMParser().parseFromString(await answer.text(), 'text/html'), enhance)
    } catch {
      // Off line: what stands there is the best that is known, and the next round asks again.
    }
  }
  setInterval(check, EVERY_MS / 3)
  document.onvisibilitychange = check
}

function swap(next: Document, enhance: () => void): void {
  const fresh = find('main', next)
  if (!main || !fresh || fresh.innerHTML === served) return
  served = fresh.innerHTML

  const open = findAll('details[open]', main)
  const focused = pathTo(document.activeElement)
  // What is not drawn, as the pattern of the tracks, stands at 0 and holds nothing in its place.
  const anchor = findAll('[id]', main).find((one) => topOf(one) > 0)
  const top = topOf(anchor)

  main.replaceChildren(...fresh.childNodes)
  for (const { id } of open) find(`#${id}`)?.setAttribute('open', '')
  enhance()
  if (focused) find(focused)?.focus({ preventScroll: true })
  scrollBy(0, topOf(anchor && find(`#${anchor.id}`)) - top)

  // The title begins with the state.
  if (document.title !== next.title) find('#announcement')?.replaceChildren(next.title)
  document.title = next.title
}

/** A selector that finds the focused element in the fresh page as well. */
function pathTo(element: Element | null): string | undefined {
  const owner = element?.closest('main [id]')
  if (!element || !owner) return undefined
  const href = element.getAttribute('href')
  return `#${owner.id}${owner === element ? '' : href ? ` [href="${href}"]` : ` ${element.localName}`}`
}

function topOf(element: Element | null | undefined): number {
  return element?.getBoundingClientRect().top ?? 0
}
