import { localDateWords } from '../../lib/calendar-dates.ts'

const DAY_MS = 86_400_000

/**
 * Lays a slider over each row of bars: pointing at a day, touching it or reaching it by key says it in words,
 * in the line below. The words are those of the table that is there anyway.
 */
export function tellDays(): void {
  for (const bars of document.querySelectorAll<HTMLElement>('.bars')) tellDaysOf(bars)
}

function tellDaysOf(bars: HTMLElement): void {
  const svg = bars.querySelector('svg')
  const line = bars.querySelector('.day')
  if (!svg || !line || bars.querySelector('input')) return
  const count = svg.viewBox.baseVal.width / 10
  // The drawing keeps its height and shows as many of the newest days as fit.
  const hidden = () => count - Math.round((svg.clientWidth / svg.clientHeight) * 3.2)

  const slider = document.createElement('input')
  slider.type = 'range'
  // A name that lasts, so that the focus finds it again in a fresh page.
  slider.id = `point-${bars.querySelector('details')?.id}`
  slider.max = String(count - 1)
  slider.value = slider.max
  slider.setAttribute('aria-label', `${bars.dataset.name}, day by day`)

  const pointer = document.createElementNS(svg.namespaceURI, 'rect')
  pointer.setAttribute('class', 'pointer')
  pointer.setAttribute('width', '10')
  pointer.setAttribute('height', '32')

  const tell = () => {
    slider.min = String(Math.max(0, hidden()))
    const words = wordsOf(bars, Number(slider.value))
    slider.ariaValueText = words
    line.textContent = words
    pointer.setAttribute('x', `${Number(slider.value) * 10}`)
    svg.append(pointer)
    bars.classList.add('telling')
  }
  const stop = () => {
    pointer.remove()
    bars.classList.remove('telling')
  }
  const point = ({ clientX }: PointerEvent) => {
    const { left, width } = svg.getBoundingClientRect()
    const first = Math.max(0, hidden())
    const day = first + Math.floor(((clientX - left) / width) * (count - first))
    slider.value = String(Math.min(count - 1, Math.max(first, day)))
    tell()
  }
  slider.oninput = slider.onfocus = tell
  slider.onblur = stop
  slider.onpointermove = slider.onpointerdown = slider.onpointerup = point
  slider.onpointerleave = () => document.activeElement === slider || stop()
  bars.prepend(slider)
}

function wordsOf(bars: HTMLElement, index: number): string {
  const date = new Date(Date.parse(bars.dataset.first ?? '') + index * DAY_MS).toISOString().slice(0, 10)
  const begins = bars.querySelector<HTMLElement>('[data-record-begins]')?.dataset.recordBegins
  const row = bars.querySelector(`[data-date="${date}"]`)
  const cells = row ? [...row.children].slice(1).map((cell) => cell.textContent?.trim()) : ['Working']
  if (begins && date < begins) cells[0] = 'No data'
  return `${localDateWords(date)}: ${cells.filter((words) => words && words !== 'none').join(', ')}`
}
