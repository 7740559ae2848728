import type { AppContext } from '../../context.ts'
import { type Queue, readQueueAges } from '../../domain/due-work.ts'
import { listEvents } from '../../domain/events/list-events.ts'
import { getPage } from '../../domain/page.ts'
import { listStaff } from '../../domain/staff/staff.ts'
import { listTokens } from '../../domain/staff/tokens.ts'
import { instantWords } from '../../lib/date-words.ts'
import { MINUTE_MS } from '../../lib/instant.ts'
import { type Finding, ok, problem, warning } from './finding.ts'

/** Jobs come round every ten seconds; what they leave undone for so long, nobody does. */
const BEHIND_MS = 2 * MINUTE_MS

/** Whether anybody can post, the background work is done, and the clock goes forward. */
export async function checkOperation(ctx: AppContext): Promise<Finding[]> {
  return [await checkPosting(ctx), await checkClock(ctx), ...(await checkJobs(ctx))]
}

async function checkPosting(ctx: AppContext): Promise<Finding> {
  const staff = (await listStaff(ctx.read)).filter(({ deactivatedAt }) => deactivatedAt === null)
  const tokens = await listTokens(ctx.read)
  const usable = tokens.filter(
    ({ expiresAt, revokedAt }) => revokedAt === null && (expiresAt === null || expiresAt > ctx.now()),
  )
  if (usable.length > 0)
    return ok(usable.length === 1 ? 'One API token can be used.' : `${usable.length} API tokens can be used.`)
  if (staff.length > 0)
    return ok(
      staff.length === 1
        ? 'One member of staff can sign in.'
        : `${staff.length} members of staff can sign in.`,
    )
  return warning(
    'Nobody can post: there is no staff (`avow staff invite`), and no API token that can be used.',
  )
}

/** An event of the future tells that the clock was set back since it was recorded. */
async function checkClock(ctx: AppContext): Promise<Finding> {
  const [latest] = await listEvents(ctx.read, { limit: 1 })
  const now = ctx.now()
  if (latest === undefined || latest.at <= now) return ok('The clock is not behind what was recorded.')
  const { timeZone } = await getPage(ctx.read)
  const [newest, today] = [latest.at, now].map((at) => instantWords(at, timeZone, { year: true }))
  return problem(`The clock says ${today}, and the last change was recorded at ${newest}: set the clock.`)
}

const WAITING: Record<Queue, string> = {
  'maintenance-steps': 'A maintenance has been due to remind, begin or end by itself',
  settle: 'A verdict has been due to be written down',
}

async function checkJobs(ctx: AppContext): Promise<Finding[]> {
  const now = ctx.now()
  const ages = await readQueueAges(ctx.read, now)
  const behind = (Object.keys(WAITING) as Queue[]).filter((queue) => ages[queue] > BEHIND_MS)
  if (behind.length === 0) return [ok('The background work is done.')]
  const { timeZone } = await getPage(ctx.read)
  return behind.map((queue) => {
    const since = instantWords(now - ages[queue], timeZone, { year: true })
    return warning(`${WAITING[queue]} since ${since}: is a server or a worker running?`)
  })
}
