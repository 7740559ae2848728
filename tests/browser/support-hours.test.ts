import { describe, expect, inject, test } from 'vitest'

async function promisesOf(origin: string): Promise<string> {
  return (await fetch(`${origin}/sla`)).text()
}

describe('the page of promises', () => {
  test('says when people answer, on which channel and for whom', async () => {
    const html = await promisesOf(inject('builtSite').origin)
    const [, section = ''] = /<section[^>]* id="support"[^>]*>(.*?)<\/section>/s.exec(html) ?? []
    const [, always = ''] =
      /<tr>\s*(<th scope="row">Phone<\/th>(?:(?!<\/tr>).)*Payments.*?)<\/tr>/s.exec(section) ?? []
    const said = always
      .replaceAll(/<[^>]+>/g, ' ')
      .replaceAll(/\s+/g, ' ')
      .trim()
    expect(said).toBe('Phone Payments, Business plan Around the clock open around the clock +1‑202‑555‑0143')
    expect(always).toContain('href="tel:+1-202-555-0143"')
    expect(section.match(/<tr/g)).toHaveLength(5)
  })

  test('has no such section where no hours are stored', async () => {
    expect(await promisesOf(inject('builtSite').emptyOrigin)).not.toContain('id="support"')
  })
})
