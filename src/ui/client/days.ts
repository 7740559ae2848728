import { localDateWords } from '../../lib/date-words.ts'
import { find, findAll } from './find.ts'

const DAY_MS = 86_400_000

/**
 * Wakes the slider that lies over each row of bars: pointing at a day, touching it or reaching it by key says it in
 * words, in the line below. The words are those of the table that is there anyway.
 */
export function tellDays(): void {
  for (const bars of findAll('.bars')) tellDaysOf(bars)
}

function tellDaysOf(bars: HTMLElement): void {
  const svg = find<SVGElement>('svg', bars)
  const slider = find<HTMLInputElement>('input', bars)
  const pointer = find('.pointer', bars)
  const line = find('.day', bars)
  if (!svg || !slider || !pointer || !line) return
  const days = Number(slider.max) + 1

  const tell = () => {
    // The drawing keeps its height and shows as many of the newest days as fit.
    slider.min = String(days - Math.min(days, Math.round((svg.clientWidth / svg.clientHeight) * 3.2)))
    slider.ariaValueText = line.textContent = wordsOf(bars, Number(slider.value))
    pointer.setAttribute('x', `${slider.value}0`)
    bars.classList.add('telling')
  }
  const stop = () => document.activeElement === slider || bars.classList.remove('telling')
  slider.hidden = false
  slider.oninput = slider.onfocus = tell
  slider.onblur = slider.onpointerleave = stop
  slider.onpointermove = slider.onpointerup = ({ clientX }) => {
    const { left, width } = svg.getBoundingClientRect()
    const first = Number(slider.min)
    // A range keeps its value between its ends by itself.
    slider.value = String(Math.floor(first + ((clientX - left) / width) * (days - first)))
    tell()
  }
}

function wordsOf(bars: HTMLElement, index: number): string {
  const first = bars.dataset.first ?? ''
  const date = new Date(Date.parse(first) + index * DAY_MS).toISOString().slice(0, 10)
  const row = find(`[data-date="${date}"]`, bars)
  const cells = row ? findAll('td', row).map((cell) => cell.textContent.trim()) : ['Working']
  if (date < (bars.dataset.begins ?? first)) cells[0] = 'No data'
  return `${localDateWords(date)}: ${cells.filter((words) => words !== 'none').join(', ')}`
}
