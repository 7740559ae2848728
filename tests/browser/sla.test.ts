import { describe, expect, inject, test } from 'vitest'

// The record on the built site, byte for byte, without a browser.

const NUMBER = /href="(\/sla\/\d{4}-\d{2})#([a-z_-]+)" aria-label="(\d+)(?: of (\d+))? /g

describe('the record', () => {
  test('has behind each of its numbers just as many promises', async () => {
    const numbers = [...(await read('/sla')).matchAll(NUMBER)]
    expect(numbers.length).toBeGreaterThan(20)
    const months = new Map<string, Promise<string>>()
    for (const [link, path = '', anchor = '', number = '', due] of numbers) {
      const month = months.get(path) ?? read(path)
      months.set(path, month)
      const html = await month
      const met = due === undefined ? rowsBehind(html, anchor) : rowsBehind(html, `${anchor}-met`)
      expect([link, met]).toEqual([link, Number(number)])
      if (due === undefined) continue
      expect([link, met + rowsBehind(html, `${anchor}-missed`)]).toEqual([link, Number(due)])
    }
  })

  test('has no page for what is no month, or is still to come', async () => {
    const { origin } = inject('builtSite')
    for (const path of ['/sla/2026-13', '/sla/2026-1', '/sla/november', '/sla/9999-01', '/sla/2026-11/x'])
      expect([path, (await fetch(origin + path)).status]).toEqual([path, 404])
  })

  test('says on an empty site that nothing is there yet', async () => {
    const { emptyOrigin } = inject('builtSite')
    const html = await (await fetch(`${emptyOrigin}/sla`)).text()
    expect(html).toContain('No promise is open.')
    expect(html).toContain('No verdict has fallen yet.')
    expect(html).toContain('there is nothing to measure.')
  })
})

async function read(path: string): Promise<string> {
  const response = await fetch(inject('builtSite').origin + path)
  expect([path, response.status]).toEqual([path, 200])
  return response.text()
}

/** Lines of one verdict of one severity, each with a link to its defect. */
function rowsBehind(html: string, id: string): number {
  const [, body = ''] = new RegExp(`<tbody id="${id}">(.*?)</tbody>`, 's').exec(html) ?? []
  return body.split('href="/defects/').length - 1
}
