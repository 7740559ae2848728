import { createComponent } from '../../../src/domain/components/components.ts'
import { MOST_WITH_BARS } from '../../../src/domain/status-page/home-components.ts'
import { readHistory } from '../../../src/domain/status-page/read-history.ts'
import { readUptime } from '../../../src/domain/status-page/read-uptime.ts'
import { describe, expect, type Site, test } from '../../support/site.ts'

describe('the components to choose from', () => {
  test('are those of the page; where each day is told, those that are showcased', async ({ site }) => {
    await addComponents(site, 1, { showcase: false })
    const { history, uptime } = await choices(site)
    expect(history?.map(({ name }) => name)).toEqual(['API', 'Checkout', 'Reports', 'Part 0'])
    expect(uptime?.map(({ name }) => name)).toEqual(['API', 'Checkout', 'Reports'])
  })

  test('are no list where nobody could choose from so many', async ({ site }) => {
    await addComponents(site, MOST_WITH_BARS - 3, { showcase: true })
    expect((await choices(site)).history?.length).toBe(MOST_WITH_BARS)
    await addComponents(site, 1, { showcase: true })
    expect(await choices(site)).toEqual({ history: null, uptime: null })
  })
})

function addComponents(site: Site, count: number, { showcase }: { showcase: boolean }) {
  return site.as('administrator', async (tx) => {
    for (let index = 0; index < count; index += 1) {
      await createComponent(tx, { name: `Part ${index}`, start_date: '2026-01-01', showcase })
    }
  })
}

async function choices(site: Site) {
  const viewpoint = { url: site.ctx.config.url, now: site.clock.now() }
  const asked = { number: 1, componentId: null }
  return {
    history: (await readHistory(site.ctx.read, asked, viewpoint))?.choices,
    uptime: (await readUptime(site.ctx.read, asked, viewpoint))?.choices,
  }
}
