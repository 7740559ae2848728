import type { Config } from '../config.ts'
import { type AppContext, prepareContext } from '../context.ts'
import { settle } from '../jobs/settle.ts'
import { type Instant, MINUTE_MS } from '../lib/instant.ts'
import type { Act, Cast, Duty } from './act.ts'
import { almanacOf, DEMO_ZONE } from './almanac.ts'
import { changedDefects } from './changed-defects.ts'
import { COMPANY, companyActs } from './company.ts'
import { contractDefects } from './contract-defects.ts'
import { defectActs } from './defect-acts.ts'
import { incidentActs } from './incident-acts.ts'
import { maintenanceActs } from './maintenances.ts'
import { pastDefects } from './past-defects.ts'
import { pastIncidents } from './past-incidents.ts'
import { regularReleases, releaseActs, replanningAct } from './releases.ts'
import { afterwardsActs, rememberedIncidents } from './remembered.ts'
import { supportHoursActs } from './support-hours.ts'
import { templateActs } from './templates.ts'
import { termsActs } from './terms.ts'
import { correctionOfToday, openCriticalDefect, openOutage } from './today.ts'
import { hotfixes, mixedLanguages, toldDefects } from './told-defects.ts'

/**
 * Fills an empty database with a year of a made-up company, through the same functions as real input, with a clock
 * that walks from a year ago to `now`. The same `now` gives the same page, apart from ids.
 * @returns the ids of what the script names, for instance `incident/outage`, and the secret of the private address
 */
export async function buildDemo(
  config: Config,
  { now, onProgress }: { now: Instant; onProgress?: (done: number, total: number) => void },
): Promise<Cast> {
  const script = scriptOf(now)
  const clock = { at: Math.min(...script.map(({ at }) => at)) - MINUTE_MS }
  const ctx = await prepareContext(
    { ...config, initial: { pageName: COMPANY, timeZone: DEMO_ZONE }, logLevel: 'silent' },
    { now: () => clock.at },
  )
  try {
    const cast: Cast = new Map()
    const scenes = scenesOf(script)
    for (const [index, scene] of scenes.entries()) {
      clock.at = scene.at
      await playScene(ctx, scene, cast)
      onProgress?.(index + 1, scenes.length)
    }
    return cast
  } finally {
    await ctx.close()
  }
}

function scriptOf(now: Instant): (Act | Duty)[] {
  const almanac = almanacOf(now)
  const beginsAt = almanac.day(365, '09:00')
  const incidents = pastIncidents(almanac)
  const releases = [...regularReleases(almanac), ...hotfixes(almanac)]
  const defects = [
    ...pastDefects(incidents, releases),
    ...toldDefects(almanac),
    ...changedDefects(almanac),
    ...contractDefects(almanac),
    openCriticalDefect(now),
  ]
  const told = [
    ...incidents.map((incident) => incident.told),
    ...rememberedIncidents(almanac),
    mixedLanguages(now),
    openOutage(now),
  ]
  const acts = [
    ...companyActs(almanac, beginsAt),
    ...termsActs(almanac, beginsAt),
    ...supportHoursActs(almanac, almanac.day(365, '09:30')),
    ...templateActs(almanac.day(365, '09:40')),
    ...maintenanceActs(almanac),
    ...told.flatMap(incidentActs),
    ...releaseActs(releases),
    replanningAct(almanac, releases),
    ...defects.flatMap(defectActs),
    ...afterwardsActs(almanac),
    correctionOfToday(now),
    // The last round before the visitors come: whatever was answered meanwhile is on record.
    { at: now, job: settle },
  ]
  // Only what Avow does at a deadline can lie ahead: it is left to the jobs of the running demo.
  return acts.filter(({ at }) => at <= now).sort((a, b) => a.at - b.at)
}

/** What one person does at one moment, or one round of a job. */
type Scene = { at: Instant; acts: Act[] } | Duty

/** Puts what happens at the same moment by the same person into one transaction. */
function scenesOf(script: (Act | Duty)[]): Scene[] {
  const scenes: Scene[] = []
  for (const next of script) {
    const last = scenes.at(-1)
    if ('job' in next) scenes.push(next)
    else if (last && 'acts' in last && last.at === next.at && last.acts[0]?.by === next.by)
      last.acts.push(next)
    else scenes.push({ at: next.at, acts: [next] })
  }
  return scenes
}

async function playScene(ctx: AppContext, scene: Scene, cast: Cast): Promise<void> {
  if ('job' in scene) {
    // A job is asked until it has nothing left to do at this moment.
    while (await scene.job.runOne(ctx));
    return
  }
  const [first] = scene.acts
  if (!first) return
  await ctx.write(first.by, async (tx) => {
    for (const act of scene.acts) await act.play(tx, cast)
  })
}
