/** What only the reader's clock knows of a promise: how much working time is left, and where on its track now is. */
export function tellPresent(): void {
  const now = Date.now()
  for (const goal of document.querySelectorAll<HTMLElement>('[data-deadline]')) {
    const line = goal.querySelector<HTMLElement>('.remaining')
    if (!line) continue
    const deadline = Number(goal.dataset.deadline)
    const left = workingMsLeft(deadline, goal.dataset.leftOut, now)
    line.textContent =
      now > deadline ? `overdue by ${duration(now - deadline)}` : `${duration(left)} of working time left`
    line.hidden = false
  }
  for (const track of document.querySelectorAll<SVGElement>('[data-running]')) drawNow(track, now)
}

function workingMsLeft(deadline: number, leftOut = '', now: number): number {
  let left = deadline - now
  for (const stretch of leftOut.split(' ').filter(Boolean)) {
    const [from = 0, to = 0] = stretch.split('-').map(Number)
    left -= Math.max(0, to - Math.max(from, now))
  }
  return left
}

/** As the page writes durations: "2 h 14 min", beyond two days "3 d 4 h", rounded down. */
function duration(ms: number): string {
  const minutes = Math.floor(ms / 60_000)
  const hours = Math.floor(minutes / 60)
  if (hours > 48) return `${Math.floor(hours / 24)} d${hours % 24 ? ` ${hours % 24} h` : ''}`
  if (minutes < 1) return 'less than a minute'
  return [hours ? `${hours} h` : '', minutes % 60 ? `${minutes % 60} min` : ''].filter(Boolean).join(' ')
}

function drawNow(track: SVGElement, now: number): void {
  const { from, to } = track.dataset
  const place = ((now - Number(from)) / (Number(to) - Number(from))) * 100
  const used = track.querySelector('.track-now-used')
  const line = track.querySelector('.track-now')
  const inside = place >= 0 && place <= 100
  used?.setAttribute('x2', `${inside ? place : 0}%`)
  line?.setAttribute('x1', `${place}%`)
  line?.setAttribute('x2', `${place}%`)
  line?.setAttribute('visibility', inside ? 'visible' : 'hidden')
}
