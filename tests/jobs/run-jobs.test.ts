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
    const running = runJobs(site.ctx, stopping.signal, { jobs: [busy] })
    await delay(50)
    stopping.abort()
    await running
    expect(rounds).toBeGreaterThan(1)
    expect(rounds).toBeLessThan(20_000)
  })

  test('says of each job when nothing was left to do, also when another one fails', async ({ site }) => {
    const stopping = new AbortController()
    const idle: Job = { name: 'idle', everyMs: 1, runOne: async () => false }
    const broken: Job = { name: 'broken', everyMs: 1, runOne: () => Promise.reject(new Error('No.')) }
    const emptied: string[] = []
    const running = runJobs(site.ctx, stopping.signal, {
      jobs: [idle, broken],
      onEmpty: (job) => {
        emptied.push(job)
        if (emptied.length > 10) stopping.abort()
      },
    })
    await running
    expect(emptied.slice(0, 2)).toEqual(['idle', 'broken'])
    expect(new Set(emptied.slice(2))).toEqual(new Set(['idle']))
  })
})
