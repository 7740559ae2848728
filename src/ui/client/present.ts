/** What only the reader's clock knows of a promise: how much working time is left, and where on its track now is. */
export function tellPresent(): void {
  const now = Date.now()
  for (const goal of document.querySelectorAll<HTMLElement>('[data-deadline]')) {
    const { deadline, leftOut = '' } = goal.dataset
    const left = Number(deadline) - now
    const words =
      left < 0
        ? `overdue by ${duration(-left)}`
        : `${duration(left - leftOutAfter(now, leftOut))} of working time left`
    goal.querySelector('.remaining')?.replaceChildren(words)
  }
  for (const track of document.querySelectorAll<SVGElement>('[data-running]')) drawNow(track, now)
}

/** How much of the stretches `from-to from-to …` is still to come. */
function leftOutAfter(now: number, stretches: string): number {
  return stretches.split(' ').reduce((sum, stretch) => {
    const [from = 0, to = 0] = stretch.split('-').map(Number)
    return sum + Math.max(0, to - Math.max(from, now))
  }, 0)
}

/** As the page writes durations: "2 h 14 min", beyond two days "3 d 4 h", rounded down. */
function duration(ms: number): string {
  const minutes = Math.floor(ms / 60_000)
  const hours = Math.floor(minutes / 60)
  if (minutes < 1) return 'less than a minute'
  return hours > 48
    ? parts([Math.floor(hours / 24), 'd'], [hours % 24, 'h'])
    : parts([hours, 'h'], [minutes % 60, 'min'])
}

function parts(...units: [number, string][]): string {
  return units
    .filter(([count]) => count)
    .map((unit) => unit.join(' '))
    .join(' ')
}

function drawNow(track: SVGElement, now: number): void {
  const [from = 0, to = 0] = track.dataset.running?.split('-').map(Number) ?? []
  const place = ((now - from) / (to - from)) * 100
  if (place < 0 || place > 100) return
  track.querySelector('.track-now')?.setAttribute('x1', `${place}%`)
  for (const line of track.querySelectorAll('.to-now')) line.setAttribute('x2', `${place}%`)
}
