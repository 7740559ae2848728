import { find } from '../../client/find.ts'

/** By then the old page's last word has arrived. */
const SETTLED_AFTER_MS = 300

/**
 * What was typed until the very moment of a reload is kept while the new page is being drawn, and may come too late for
 * it. So that page looks once more, and is drawn anew where a draft is there that it does not show.
 */
export function showLateDrafts(forms: HTMLFormElement[]): void {
  const [arrival] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  // What was posted and refused stands on the page as it was written.
  if (forms.length === 0 || arrival?.type !== 'reload' || find('.problem') !== null) return
  let isTouched = false
  for (const form of forms)
    form.addEventListener('input', () => {
      isTouched = true
    })
  setTimeout(async () => {
    const address = location.pathname + location.search
    const answer = await fetch(address).catch(() => undefined)
    if (answer?.ok !== true || isTouched) return
    const drawn = new DOMParser().parseFromString(await answer.text(), 'text/html')
    const isLate = forms.some((form) => {
      const there = find<HTMLFormElement>(`#${form.id}`, drawn)
      return there !== null && there.dataset.kept !== form.dataset.kept
    })
    if (isLate && !isTouched) location.assign(address)
  }, SETTLED_AFTER_MS)
}
