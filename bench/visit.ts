import type { Browser } from 'playwright-core'
import { watch, watched } from '../tests/support/first-view.ts'

/** On what a page is looked at. */
export interface Device {
  name: string
  viewport: { width: number; height: number }
  /** How many times slower than here it computes. */
  cpuSlowdown: number
  /** Null: as fast as this machine talks to itself. */
  line: { latencyMs: number; downBitsPerSecond: number; upBitsPerSecond: number } | null
}

export const DESK: Device = {
  name: 'desk, no line between',
  viewport: { width: 1280, height: 800 },
  cpuSlowdown: 1,
  line: null,
}

/** A phone of the middle class on a slow 4G line, with the figures that Lighthouse has for one. */
export const PHONE: Device = {
  name: 'phone, slow 4G, CPU ÷ 4',
  viewport: { width: 412, height: 823 },
  cpuSlowdown: 4,
  line: { latencyMs: 562.5, downBitsPerSecond: 1_474_560, upBitsPerSecond: 691_200 },
}

/** What one first visit has cost, as the browser tells it. */
export interface Visit {
  requests: number
  /** Of all answers, with their headers, as they went over the line. */
  bytes: number
  firstPaintMs: number
  largestPaintMs: number
  /** Cumulative layout shift. */
  shift: number
}

/** Opens a page with nothing kept from before, and stays until it asks for nothing more. */
export async function visit(browser: Browser, url: string, device: Device): Promise<Visit> {
  const context = await browser.newContext({ viewport: device.viewport })
  try {
    const page = await context.newPage()
    const session = await context.newCDPSession(page)
    await session.send('Network.enable')
    if (device.line !== null) {
      const { latencyMs, downBitsPerSecond, upBitsPerSecond } = device.line
      await session.send('Network.emulateNetworkConditions', {
        offline: false,
        latency: latencyMs,
        downloadThroughput: downBitsPerSecond / 8,
        uploadThroughput: upBitsPerSecond / 8,
      })
    }
    await session.send('Emulation.setCPUThrottlingRate', { rate: device.cpuSlowdown })
    const answered = { requests: 0, bytes: 0 }
    session.on('Network.requestWillBeSent', ({ request }) => {
      if (!request.url.startsWith('data:')) answered.requests += 1
    })
    session.on('Network.loadingFinished', ({ encodedDataLength }) => {
      answered.bytes += encodedDataLength
    })
    await watch(page)
    await page.goto(url, { waitUntil: 'networkidle' })
    const { shifts, largestPaintMs } = await watched(page)
    const firstPaintMs = await page.evaluate(
      () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
    )
    const shift = shifts.reduce((sum, { value }) => sum + value, 0)
    return { ...answered, firstPaintMs, largestPaintMs, shift }
  } finally {
    await context.close()
  }
}
