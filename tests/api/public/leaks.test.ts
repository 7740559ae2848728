import { revokeContractLink } from '../../../src/domain/sla/terms/contract-links.ts'
import { createWeb } from '../../../src/web.ts'
import { leaksIn, privateDefects, secretsOf, secretText } from '../../support/leaks.ts'
import { addPrivateWorld, PRIVATE_MARK, told } from '../../support/private-world.ts'
import {
  addressesOf,
  answersOf,
  changed,
  giveaways,
  NO_ID,
  printOf,
  publicRoutes,
  unseen,
} from '../../support/public-routes.ts'
import { buildPublicWorld, publicIds, type Write } from '../../support/public-world.ts'
import { describe, expect, test } from '../../support/site.ts'
import { clientOf, type Json } from '../admin/client.ts'

// Everything but the pages, on a clock that stands still; tests/browser/leaks.test.ts asks the built site.

describe('what is under a contract', () => {
  test('is on no route, in no image and no header, and nobody learns that it is there', {
    timeout: 60_000,
  }, async ({ site }) => {
    const write: Write = (work) => site.as('responder', work)
    const world = await buildPublicWorld(write)
    // Whatever happens from here on has a time of its own.
    site.clock.advance({ minutes: 7 })
    const web = createWeb(site.ctx)
    const patternsWith = (ids: string[]) =>
      new Map(
        publicRoutes(web).map((pattern) => [
          pattern,
          addressesOf(pattern, { ids, months: ['2026-11', '2026-10', '2026-12'], days: ['2026-11-12'] }),
        ]),
      )
    const ask = (ids: string[]) =>
      answersOf(async (address) => web.request(address), [...patternsWith(ids).values()].flat())
    const before = await ask(publicIds(world))
    expect(unseen(patternsWith(publicIds(world)), before)).toEqual([])

    const hidden = await addPrivateWorld(write, world)
    const hiddenIds = privateDefects(hidden)
    const after = await ask([...publicIds(world), ...hiddenIds, NO_ID])
    expect(changed(before, after)).toEqual([])
    expect(giveaways(after, hiddenIds)).toEqual([])
    const secrets = Object.values(await secretsOf(site.ctx, hidden)).flat()
    expect(
      [...after].flatMap(([address, answer]) =>
        leaksIn(printOf(answer), secrets).map((leak) => `${address}: ${leak}`),
      ),
    ).toEqual([])
  })
})

describe('the audit log', () => {
  test('tells that something under a contract is there, and nothing that it says', async ({ site }) => {
    const write: Write = (work) => site.as('responder', work)
    const hidden = await addPrivateWorld(write, await buildPublicWorld(write))
    await site.as('responder', (tx) => revokeContractLink(tx, hidden.plan.contract, hidden.plan.link))
    const staff = await clientOf(site, 'staff:write')
    const lines: Json[] = []
    for (let cursor = ''; ; ) {
      const { body } = await staff.get(`/audit?limit=100${cursor}`)
      lines.push(...body.items)
      if (body.next_cursor === null) break
      cursor = `&cursor=${body.next_cursor}`
    }
    const { open, paused } = hidden.customer.defects
    expect(lines.map(({ subject_id }) => subject_id)).toEqual(
      expect.arrayContaining([open, paused, hidden.customer.contract]),
    )
    const { texts, links, instants } = await secretsOf(site.ctx, hidden)
    expect(leaksIn(JSON.stringify(lines), [...texts, ...links, ...instants])).toEqual([])
  })
})

describe('the search for leaks', () => {
  const text = told(PRIVATE_MARK, 'customer')
  test.for([
    text,
    encodeURIComponent(text),
    JSON.stringify({ text }),
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;'),
    text.toUpperCase(),
    [...text].map((letter) => `&#x${letter.charCodeAt(0).toString(16)};`).join(''),
    ...['', 'a', 'ab', 'abc'].map((before) => Buffer.from(`${before}${text} and more`).toString('base64url')),
    Buffer.from(text).toString('hex'),
  ])('finds a mark in %s', (form) => {
    const secrets = [secretText('mark', PRIVATE_MARK)]
    expect(leaksIn(Buffer.from(`before ${form} behind`), secrets)).not.toEqual([])
    expect(leaksIn(`before ${form.slice(0, 6)} behind`, secrets)).toEqual([])
  })
})
