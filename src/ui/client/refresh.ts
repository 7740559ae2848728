const EVERY_MS = 45_000

/** As served, before the script has touched it: what a fresh page is compared with. */
let served = document.querySelector('main')?.innerHTML

/**
 * Keeps an open page true: asks for it again while somebody looks, and when it has changed swaps what it says.
 * Where the reader is, what has the focus and what is unfolded stay as they are.
 */
export function keepFresh(enhance: () => void): void {
  let checkedAt = Date.now()

  const check = async () => {
    if (document.hidden || Date.now() - checkedAt < EVERY_MS) return
    checkedAt = Date.now()
    try {
      // The browser asks with its ETag; an unchanged page costs a few hundred bytes.
      const answer = await fetch(location.href, { cache: 'no-cache' })
      if (answer.ok) swap(new DOMParser().parseFromString(await answer.text(), 'text/html'), enhance)
    } catch {
      // Off line: what stands there is the best that is known, and the next round asks again.
    }
  }
  setInterval(check, EVERY_MS / 3)
  document.addEventListener('visibilitychange', check)
}

function swap(next: Document, enhance: () => void): void {
  const main = document.querySelector('main')
  const fresh = next.querySelector('main')
  if (!main || !fresh || fresh.innerHTML === served) return
  served = fresh.innerHTML

  const headline = headlineWords()
  const open = [...main.querySelectorAll('details[open]')]
  const focused = pathTo(document.activeElement)
  const anchor = [...main.querySelectorAll('[id]')].find((one) => one.getBoundingClientRect().bottom > 0)
  const top = anchor?.getBoundingClientRect().top ?? 0

  main.replaceChildren(...fresh.childNodes)
  document.title = next.title
  for (const { id } of open) document.getElementById(id)?.setAttribute('open', '')
  enhance()
  if (focused) main.querySelector<HTMLElement>(focused)?.focus({ preventScroll: true })
  const moved = anchor && document.getElementById(anchor.id)
  if (moved && scrollY > 0) scrollBy({ top: moved.getBoundingClientRect().top - top, behavior: 'instant' })

  const announcement = document.getElementById('announcement')
  if (announcement && headlineWords() !== headline) announcement.textContent = headlineWords()
}

function headlineWords(): string {
  return document.querySelector('h1')?.textContent ?? ''
}

/** A selector that finds the focused element in the fresh page as well. */
function pathTo(element: Element | null): string | undefined {
  const owner = element?.closest('main [id]')
  if (!element || !owner) return undefined
  if (owner === element) return `#${CSS.escape(owner.id)}`
  const href = element.getAttribute('href')
  return `#${CSS.escape(owner.id)} ${href ? `[href="${CSS.escape(href)}"]` : element.localName}`
}
