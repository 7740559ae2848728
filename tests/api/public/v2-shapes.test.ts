import { buildEveryState } from '../../support/every-state.ts'
import { unlike, wordsOf } from '../../support/shape.ts'
import { describe, expect, test } from '../../support/site.ts'
import { ATOM, OUR_RSS, readFeed } from './feed-shapes.ts'
import { get } from './incident-story.ts'
import { OTHER_TYPES, SAME_THINGS } from './older-shapes.ts'
import { type DocumentName, OURS, THEIRS, UPTIME } from './v2-shapes.ts'

describe('every document, and every feed', () => {
  test('has the parts that others have, in their order, with their types, whatever state things are in', async ({
    site,
  }) => {
    const { group, components, incidents } = await buildEveryState((work) => site.as('responder', work))
    const ids = {
      'components/ID.json': [...Object.values(components), group],
      'incidents/ID.json': Object.values(incidents),
    }
    for (const name of Object.keys(OURS.documents) as DocumentName[])
      for (const id of name in ids ? ids[name as keyof typeof ids] : ['']) {
        const document = await get(site, `/api/v2/${name.replace('ID', id)}`)
        expect([name, unlike(OURS.documents[name], document)]).toEqual([name, []])
      }
    for (const id of Object.values(incidents))
      expect(unlike(OURS.incident, await get(site, `/incidents/${id}.json`))).toEqual([])
    for (const id of Object.values(components))
      expect(unlike(UPTIME, await get(site, `/uptime/${id}.json`))).toEqual([])
    const feed = async (name: string) => readFeed(await (await site.web.request(`/history.${name}`)).text())
    expect(unlike(ATOM, await feed('atom'))).toEqual([])
    expect(unlike(OUR_RSS, await feed('rss'))).toEqual([])
  })
})

describe('a thing that pages tell elsewhere', () => {
  test.for(Object.entries(SAME_THINGS))('says in its documents the same: %s', ([, { older, is, lacks }]) => {
    const own = new Map(Object.entries(THEIRS[is].keys))
    const [shared, rest] = [[...own.keys()].filter((key) => key in older.keys), Object.keys(older.keys)]
    expect(rest.filter((key) => !own.has(key))).toEqual(lacks)
    for (const [key, shape] of Object.entries(older.keys)) {
      const ours = own.get(key)
      if (ours !== undefined && !OTHER_TYPES.includes(key))
        expect([key, wordsOf(ours)]).toEqual([key, wordsOf(shape)])
    }
    expect(shared.length).toBeGreaterThan(9)
  })
})
