import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { includedIn, plainRecord } from '../../../src/import/cachet/json-api.ts'
import { readPage as readCachet } from '../../../src/import/cachet/read-page.ts'
import type { ImportedPage } from '../../../src/import/imported-page.ts'
import { readPage as readStatuspage } from '../../../src/import/statuspage/read-page.ts'
import { parseBackup } from '../../../src/import/uptime-kuma/backup.ts'
import { readPage as readKuma } from '../../../src/import/uptime-kuma/read-page.ts'
import { isId } from '../../../src/lib/ids.ts'
import type { Json } from '../../api/admin/client.ts'
import { V1, v3Page } from '../cachet-documents.ts'
import { SETTINGS_ALONE, WITH_PAGES } from '../kuma-backup.ts'
import { changesOf, mutated } from '../mutations.ts'
import { ordinaryPage } from '../ordinary-page.ts'

const kuma = (backup: Json): ImportedPage | string => {
  try {
    return readKuma(parseBackup(backup, { at: 'backup.json', madeAt: Date.UTC(2026, 4, 1) }), 'UTC')
  } catch (error) {
    return (error as Error).message
  }
}
/** Whoever reads documents has made sure that they hold lists. */
const withLists =
  (read: (lists: Json) => ImportedPage) =>
  (documents: Json): ImportedPage | string => {
    const { page, ...lists } = documents
    const odd = Object.keys(lists).find((key) => !Array.isArray(lists[key]))
    if (odd !== undefined) return `It does not hold a list “${odd}”.`
    return read({
      page,
      groups: [],
      components: [],
      incidents: [],
      maintenances: [],
      schedules: [],
      ...lists,
    })
  }
const cachet = withLists((lists) => readCachet(lists, 'UTC'))
/** One of each: what comes of them is the same, so that only the way in which they are written matters. */
const V3 = {
  groups: v3Page('componentGroups', V1.groups.slice(0, 1)),
  components: v3Page('components', V1.components.slice(0, 1)),
  incidents: v3Page('incidents', V1.incidents.slice(0, 1)),
  schedules: v3Page('schedules', V1.schedules.slice(0, 1)),
}
const plain = (document: Json) =>
  Array.isArray(document?.data)
    ? document.data.map((raw: unknown) => plainRecord(raw, includedIn(document)))
    : document?.data
const plainly = (documents: Json) =>
  Object.fromEntries(Object.entries(documents).map(([name, document]) => [name, plain(document)]))
const { notes: _, ...STATUSPAGE } = ordinaryPage()

/** Every kind of source, with a page of its own, and how it is read. */
const SOURCES: [string, Json, (documents: Json) => ImportedPage | string][] = [
  ['Statuspage', STATUSPAGE, withLists((lists) => readStatuspage({ ...lists, notes: [] }))],
  ['Cachet 2', V1, cachet],
  ['Cachet 3', V3, (documents) => cachet(plainly(documents))],
  ['Uptime Kuma', SETTINGS_ALONE, kuma],
  ['Uptime Kuma with status pages', WITH_PAGES, kuma],
]

/** Objects that may be there and say nothing. */
const MAY_BE_EMPTY = /^(page|.*(relationships\.\w+|\.config)) = \{"odd":7\}$/

/** Things that stand for nothing anywhere. */
const JUNK = [{ odd: 7 }, 'on_fire']

/** Whole sentences, and none of a parser's. */
const OUR_WORDS = /^(?!.*(Invalid|Too |expected )).*[.]$/s

/** What a person is told of, beside what comes. */
function reportOf(page: ImportedPage | string): string {
  if (typeof page === 'string') return page
  const { groups, components, incidents, maintenances, notes } = page
  const told = [groups, components, incidents, maintenances].flatMap((readings) =>
    readings.map((reading) => ('refusal' in reading ? reading : [reading.id, reading.leftOut])),
  )
  return JSON.stringify([told, notes])
}

describe('a page in whatever shape', () => {
  test.for(SOURCES)('from %s is read, or refused in our words', ([, whole, read]) => {
    fc.assert(
      fc.property(mutated(whole), (documents) => {
        const page = read(documents)
        if (typeof page === 'string') {
          expect(page).toMatch(OUR_WORDS)
          return
        }
        const { groups, components, incidents, maintenances, notes } = page
        for (const note of notes) expect(note).toMatch(OUR_WORDS)
        for (const reading of [...groups, ...components, ...incidents, ...maintenances])
          if ('refusal' in reading) expect(reading.refusal).toMatch(OUR_WORDS)
          else expect(isId(reading.id)).toBe(true)
        for (const reading of [...incidents, ...maintenances])
          for (const { id, createdAt, displayAt } of 'record' in reading ? reading.record.updates : [])
            expect([isId(id), Number.isSafeInteger(createdAt), Number.isSafeInteger(displayAt)]).toEqual([
              ...[true, true, true],
            ])
      }),
      { numRuns: 150 },
    )
  })
})

describe('what is not understood', () => {
  test.for(SOURCES)('of a page from %s is never taken for what nobody has said', ([, whole, read]) => {
    const silent: string[] = []
    const usual = read(whole)
    const [page, report] = [JSON.stringify(usual), reportOf(usual)]
    for (const change of changesOf(whole)) {
      const without = JSON.stringify(read(change.without()))
      // Nobody reads this part.
      if (without === page) continue
      for (const junk of JUNK) {
        const changed = read(change.with(junk))
        if (JSON.stringify(changed) === without && reportOf(changed) === report)
          silent.push(`${change.path} = ${JSON.stringify(junk)}`)
      }
    }
    expect(silent.filter((one) => !MAY_BE_EMPTY.test(one))).toEqual([])
  })
})
