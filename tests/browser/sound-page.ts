import axe from 'axe-core'
import { HtmlValidate } from 'html-validate'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

// What every page is asked, whoever it is for.

/** What axe finds wrong with a page. */
export async function violations(page: Page): Promise<string[]> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
  const { passed, violated } = await runAxe(page, { type: 'tag', values: tags })
  // A page on which axe finds nothing to check was not checked.
  expect(passed).toBeGreaterThan(10)
  return violated
}

const COLOR_RULES = ['color-contrast', 'link-in-text-block']

/** What axe finds wrong with the colours of a page, which are all that another colour scheme changes. */
export async function colorViolations(page: Page): Promise<string[]> {
  const { passed, violated } = await runAxe(page, { type: 'rule', values: COLOR_RULES })
  expect(passed).toBeGreaterThan(0)
  return violated
}

async function runAxe(page: Page, runOnly: axe.RunOnly): Promise<{ passed: number; violated: string[] }> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source)
  return page.evaluate(async (only) => {
    // Describing what is in order takes longer than finding what is not.
    const { passes, violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run({
      resultTypes: ['violations'],
      runOnly: only,
    })
    return {
      passed: passes.length,
      violated: violations.map(
        (it) => `${it.id}: ${it.nodes.map(({ target }) => target.join(' ')).join(', ')}`,
      ),
    }
  }, runOnly)
}

/** What goes wrong in the console, and which other hosts are asked. */
export function listen(page: Page, origin: string): { errors: string[]; foreign: string[] } {
  const heard = { errors: [] as string[], foreign: [] as string[] }
  page.on('pageerror', (error) => heard.errors.push(error.message))
  page.on('console', (message) => {
    // The browser itself says that a page that is not there answered 404.
    const isOwn404 = message.text().includes('404') && page.url().endsWith('/nothing-here')
    if (message.type() === 'error' && !isOwn404) heard.errors.push(message.text())
  })
  page.on('request', (request) => {
    if (!request.url().startsWith(origin) && !request.url().startsWith('data:'))
      heard.foreign.push(request.url())
  })
  return heard
}

const validator = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    // A button sends its form: the console has no other but those that say so.
    'no-implicit-button-type': 'off',
    // Of a group of boxes each has the same name.
    'form-dup-name': ['error', { shared: ['radio', 'button', 'reset', 'submit', 'checkbox'] }],
  },
})

/** Where a document is not valid HTML. */
export async function invalidHtml(html: string): Promise<string[]> {
  const report = await validator.validateString(html)
  return report.results
    .flatMap((result) => result.messages)
    .map((it) => `${it.line}:${it.column} ${it.ruleId}: ${it.message}`)
}

/** Follows links within a site, each address once. */
export function linkChecker(): (url: string, html: string) => Promise<string[]> {
  const found = new Map<string, Promise<{ status: number; ids: Set<string> }>>()
  const look = (url: string) => {
    const known = found.get(url) ?? answerOf(url)
    found.set(url, known)
    return known
  }
  return async (url, html) => {
    const dead: string[] = []
    for (const link of linksIn(html)) {
      const target = new URL(link, url)
      if (target.origin !== new URL(url).origin) continue
      const [address = '', fragment] = target.href.split('#')
      // A page that is not there links into itself as any other does.
      const { status, ids } = await look(address)
      if (status !== 200 && address !== url) dead.push(`${link}: ${status}`)
      if (fragment && !ids.has(fragment)) dead.push(`${link}: nothing there`)
    }
    return dead
  }
}

/** Every address that a document names in its markup. */
export function linksIn(html: string): string[] {
  return [...html.matchAll(/(?:href|src|action)="([^"]*)"/g)].map(([, link = '']) =>
    link.replaceAll('&amp;', '&'),
  )
}

async function answerOf(url: string): Promise<{ status: number; ids: Set<string> }> {
  const response = await fetch(url)
  const ids = [...(await response.text()).matchAll(/\sid="([^"]+)"/g)].map(([, id = '']) => id)
  return { status: response.status, ids: new Set(ids) }
}
