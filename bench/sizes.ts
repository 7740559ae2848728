import path from 'node:path'
import { makePage, type Page } from './page.ts'
import type { ScenarioSize } from './scenario.ts'

const YEAR_DAYS = 365
/** As many as the usual page has in ninety days. */
const INCIDENTS_A_YEAR = 120

const SIZES: { kind: string; size: ScenarioSize }[] = [20, 200, 2_000].flatMap((components) =>
  [1, 10].map((years) => ({
    kind: `${components} components, ${years === 1 ? 'one year' : `${years} years`}`,
    size: { components, days: years * YEAR_DAYS, incidents: years * INCIDENTS_A_YEAR },
  })),
)

/** Pages of each size, one after the other, in databases in a folder: what grows with components, and what with history. */
export async function* pagesOfEachSize(folder: string): AsyncGenerator<{ kind: string; page: Page }> {
  for (const [index, { kind, size }] of SIZES.entries())
    yield { kind, page: await makePage(`file:${path.join(folder, `${index}.db`)}`, size) }
}
