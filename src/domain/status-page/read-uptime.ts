import { findComponent } from '../components/components.ts'
import type { Reader } from '../tx.ts'
import { choicesAmong, readChoosable } from './component-choices.ts'
import { readPageView } from './page-view.ts'
import { MONTHS_PER_PAGE } from './read-history.ts'
import { readUptimePage } from './uptime-months.ts'
import type { Viewpoint } from './viewpoint.ts'
import type { UptimeView } from './views.ts'

/**
 * A calendar of one component, three months a page, page 1 being the newest; the first component of the page unless
 * another is asked for. Undefined for an unknown component or a page before its first month.
 */
export async function readUptime(
  reader: Reader,
  asked: { number: number; componentId: string | null },
  viewpoint: Viewpoint,
): Promise<UptimeView | undefined> {
  const page = await readPageView(reader, viewpoint)
  const { timeZone: zone } = page
  const components = await readChoosable(reader, { isShowcased: true })
  const component =
    asked.componentId === null ? components[0] : await findComponent(reader, asked.componentId)
  const choices = choicesAmong(components)
  if (!component) {
    const isEmptyPage = asked.componentId === null && asked.number === 1
    return isEmptyPage ? { page, choices, component: null, number: 1, isLast: true, months: [] } : undefined
  }
  const { number } = asked
  const found = await readUptimePage(
    reader,
    component,
    { number, monthsPerPage: MONTHS_PER_PAGE },
    { zone, now: viewpoint.now },
  )
  return (
    found && {
      page,
      choices,
      component: { id: component.id, name: component.name },
      number,
      ...found,
    }
  )
}
