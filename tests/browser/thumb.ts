import type { Page } from 'playwright-core'

// What a page on a phone is asked, for whoever has it in one hand.

/**
 * What a thumb can miss: whatever can be pressed, is less than 44 px high or wide (a pixel lost to rounding), and does
 * not answer 21 px beside its middle, on each side. A link in the middle of a sentence is as high as its lines.
 */
export function missedByThumb(page: Page): Promise<string[]> {
  return page.locator('html').evaluate((html) => {
    const REACH = 21
    const isInSentence = (it: HTMLElement) => {
      if (getComputedStyle(it).display !== 'inline') return false
      let around = it.parentElement
      while (around && getComputedStyle(around).display.startsWith('inline')) around = around.parentElement
      return (around?.textContent?.trim().length ?? 0) > (it.textContent?.trim().length ?? 0)
    }
    const answers = (it: HTMLElement, x: number, y: number) => {
      const hit = document.elementFromPoint(x, y)
      return (
        hit !== null &&
        (it.contains(hit) || (hit.closest('label') as HTMLLabelElement | null)?.control === it)
      )
    }
    const pressed = 'a[href]:not(.skip), button, summary, select, textarea, input:not([type=hidden])'
    return [...html.querySelectorAll<HTMLElement>(pressed)].flatMap((it) => {
      // A box and its words are pressed as one.
      const place = it.closest('label') ?? it
      const { width, height } = place.getBoundingClientRect()
      const isLarge = width > 2 * REACH + 1 && height > 2 * REACH + 1
      if (
        isLarge ||
        width * height === 0 ||
        !it.checkVisibility({ visibilityProperty: true }) ||
        isInSentence(it)
      )
        return []
      // What looks smaller may answer beside itself, as the heading of a row does.
      place.scrollIntoView({ block: 'center', behavior: 'instant' })
      const { left, top } = place.getBoundingClientRect()
      const [x, y] = [left + width / 2, top + height / 2]
      const isReached = [
        [0, -REACH],
        [0, REACH],
        [-REACH, 0],
        [REACH, 0],
      ].every(([right = 0, down = 0]) => answers(it, x + right, y + down))
      return isReached ? [] : [`${it.localName} ${it.textContent?.trim() || it.getAttribute('name')}`]
    })
  })
}
