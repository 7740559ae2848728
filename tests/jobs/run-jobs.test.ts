import { setTimeout as delay } from 'node:timers/promises'
import { getPage } from '../../src/domain/page.ts'
import type { Job } from '../../src/jobs/job.ts'
import { runJobs } from '../../src/jobs/run-jobs.ts'
import { describe, expect, test } from '../support/site.ts'

describe('running the jobs', () => {
  test('leaves others their turn while one always finds something to do, and ends when it is told to', async ({
    site,
  }) => {
    const stopping = new AbortController()
    let rounds = 0
    const busy: Job = {
      name: 'busy',
      everyMs: 10,
      runOne: async ({ read }) => {
        rounds += 1
        // Without turns nothing else ever ends this test.
        if (rounds > 20_000) throw stopping.abort()
        await getPage(read)
        return true
      },
    }
    const running = runJobs(site.ctx, stopping.signal, [busy])
    await delay(50)
    stopping.abort()
    await running
    expect(rounds).toBeGreaterThan(1)
    expect(rounds).toBeLessThan(20_000)
  })

  test('outlives one that fails, tries it again, and does the others meanwhile', async ({ site }) => {
    const stopping = new AbortController()
    const rounds = { idle: 0, broken: 0 }
    const round = (name: keyof typeof rounds) => {
      rounds[name] += 1
      if (rounds.idle > 2 && rounds.broken > 2) stopping.abort()
    }
    const idle: Job = {
      name: 'idle',
      everyMs: 1,
      runOne: async () => {
        round('idle')
        return false
      },
    }
    const broken: Job = {
      name: 'broken',
      everyMs: 1,
      runOne: async () => {
        round('broken')
        throw new Error('No.')
      },
    }
    await runJobs(site.ctx, stopping.signal, [idle, broken])
    expect(Math.min(rounds.idle, rounds.broken)).toBeGreaterThan(2)
  })
})
