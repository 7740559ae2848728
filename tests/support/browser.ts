import chromium from '@sparticuz/chromium'
import { type Browser, chromium as playwright } from 'playwright-core'

// Our pages draw nothing in three dimensions, and to do without takes a fifth less time.
chromium.setGraphicsMode = false

// One process for everything would end with the first context that is closed, and without a zygote each page would
// load the whole of Chromium anew.
const TOO_LITTLE = ['--single-process', '--no-zygote']

let unpacked: Promise<string> | undefined

/** Unpacks the browser where temporary files are, unless it is there. @returns its path */
export function unpackBrowser(): Promise<string> {
  unpacked ??= chromium.executablePath()
  return unpacked
}

/** A real Chromium out of an npm package, headless, that asks no host by itself. */
export async function launchBrowser(): Promise<Browser> {
  return playwright.launch({
    executablePath: await unpackBrowser(),
    headless: true,
    args: [
      ...chromium.args.filter((argument) => !TOO_LITTLE.includes(argument)),
      '--no-sandbox',
      '--disable-gpu',
      '--disable-software-rasterizer',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  })
}
