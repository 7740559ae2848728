import { unbroken } from '../unbroken.ts'
import { find, findAll } from './find.ts'

/** What only the reader's clock knows of a promise: how much working time is left, and where on its track now is. */
export function tellPresent(): void {
  const now = Date.now()
  for (const goal of findAll('[data-deadline]')) {
    const { deadline, leftOut = '' } = goal.dataset
    const left = Number(deadline) - now
    const words =
      left < 0
        ? `overdue by ${duration(-left)}`
        : `${duration(left - leftOutAfter(now, leftOut))} of working time left`
    find('.remaining', goal)?.replaceChildren(words)
  }
  for (const track of findAll<SVGElement>('[data-running]')) drawNow(track, now)
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
  const words = hours > 48 ? `${Math.floor(hours / 24)} d ${hours % 24} h` : `${hours} h ${minutes % 60} min`
  return unbroken(words.replace(/\b0 \w+/, '').trim())
}

function drawNow(track: SVGElement, now: number): void {
  const [from = 0, to = 0] = track.dataset.running?.split('-').map(Number) ?? []
  const place = ((now - from) / (to - from)) * 100
  if (place < 0 || place > 100) return
  find('.track-now', track)?.setAttribute('x1', `${place}%`)
  for (const line of findAll('.to-now', track)) line.setAttribute('x2', `${place}%`)
}
