import type { AppContext } from '../context.ts'
import { readWholePage, type WholePage } from '../domain/status-page/read-whole-page.ts'
import { componentsJson } from '../render/v2/component-json.ts'
import { incidentJson } from '../render/v2/incident-json.ts'
import { maintenanceJson } from '../render/v2/maintenance-json.ts'
import { pageJson } from '../render/v2/page-json.ts'
import { DocumentFolder } from './document-folder.ts'

const DOCUMENTS = ['components.json', 'incidents.json', 'scheduled-maintenances.json'] as const

/** What an export has written, and what it could not. */
export type ExportCount = WholePage['count'] & { components: number }

/**
 * Writes the page as documents of the v2 dialect, with its whole history, as of one moment: what everybody may read and
 * nothing else. Promises are not in them, for no other system has a place for these.
 * @throws Error with a sentence when the folder has other things in it
 */
export async function exportStatuspage(
  ctx: Pick<AppContext, 'snapshot' | 'now' | 'config'>,
  target: string,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<ExportCount> {
  const folder = await DocumentFolder.open(target, DOCUMENTS)
  try {
    const count = await ctx.snapshot(async (reader) => {
      const whole = await readWholePage(reader, { url: ctx.config.url, now: ctx.now() })
      const { page, components, count } = whole
      const total = count.incidents + count.maintenances
      let done = 0
      const tell = () => {
        done += 1
        onProgress(done, total)
      }
      const incidents = linesOf(whole.incidents, tell, (detail) => {
        const { sla: _ours, ...incident } = incidentJson(detail, page)
        return incident
      })
      const maintenances = linesOf(whole.maintenances, tell, (detail) => maintenanceJson(detail, page))
      const head = JSON.stringify(pageJson(page))
      await folder.write('components.json', [`${JSON.stringify(componentsJson({ page, components }))}\n`])
      await folder.write('incidents.json', documentOf(head, 'incidents', incidents))
      await folder.write(
        'scheduled-maintenances.json',
        documentOf(head, 'scheduled_maintenances', maintenances),
      )
      return { ...count, components: components.length }
    })
    await folder.finish()
    return count
  } catch (error) {
    await folder.giveUp()
    throw error
  }
}

/** One record a line: readable, and no more of it in memory than a part. */
async function* documentOf(head: string, key: string, lines: AsyncIterable<string>): AsyncIterable<string> {
  yield `{"page":${head},"${key}":[`
  let separator = '\n'
  for await (const line of lines) {
    yield separator + line
    separator = ',\n'
  }
  yield '\n]}\n'
}

async function* linesOf<Detail>(
  parts: AsyncIterable<Detail[]>,
  tell: () => void,
  json: (detail: Detail) => object,
): AsyncIterable<string> {
  for await (const part of parts) {
    for (const detail of part) {
      yield JSON.stringify(json(detail))
      tell()
    }
  }
}
