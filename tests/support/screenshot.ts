import path from 'node:path'
import type { Page } from 'playwright-core'

const FOLDER = path.resolve('tests/.tmp/screenshots')

/** Keeps a picture of a page for people to look at, when `npm run screenshots` asks for it: no test looks at them. */
export async function keepScreenshot(page: Page, name: string): Promise<void> {
  if (process.env.SCREENSHOTS === undefined) return
  const file = path.join(FOLDER, `${name.replaceAll(/[ ,]+/g, '-')}.png`)
  await page.screenshot({ path: file, fullPage: true })
}
