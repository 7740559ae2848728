import type { Page } from 'playwright-core'

// What a page on a phone is asked, for whoever has it in one hand.

/**
 * What a thumb can miss: whatever can be pressed and does not answer 21 px beside its middle, on each side, so that it
 * is less than 44 px (a pixel lost to rounding) high or wide or another lies over it. A link in the middle of a sentence
 * is as high as its lines.
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
      it.scrollIntoView({ block: 'center', behavior: 'instant' })
      const { left, top, width, height } = it.getBoundingClientRect()
      if (!it.checkVisibility({ visibilityProperty: true }) || width * height === 0 || isInSentence(it))
        return []
      // A box and its words are pressed as one.
      const place = it.closest('label')?.getBoundingClientRect() ?? { left, top, width, height }
      const [x, y] = [place.left + place.width / 2, place.top + place.height / 2]
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
