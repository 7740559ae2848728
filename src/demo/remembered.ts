import { editIncidentUpdate } from '../domain/incidents/post-update.ts'
import { publishPostmortem } from '../domain/incidents/postmortem.ts'
import { MINUTE_MS } from '../lib/instant.ts'
import { type Act, idOf, PEOPLE } from './act.ts'
import type { Almanac } from './almanac.ts'
import type { ToldIncident } from './incident-acts.ts'
import { DAMAGED_ROUTE, DOUBLE_BOOKING, NIGHT_OF_TWO } from './postmortems.ts'
import { REMEMBERED as TEXTS } from './stories/remembered.ts'
import type { Story } from './story.ts'

/** Incidents of the year that show something a page must get right; `story` tells which. */
export function rememberedIncidents(almanac: Almanac): ToldIncident[] {
  const { week, day } = almanac
  return [
    toldAs('route', TEXTS.route, week(30, 4, '10:14')),
    toldAs('longname', TEXTS.longName, week(24, 2, '16:40')),
    backfilled(toldAs('backfilled', TEXTS.backfilled, week(20, 2, '13:05')), 2 * 24 * 60),
    toldAs('reopened', TEXTS.reopened, week(17, 1, '09:22')),
    toldAs('night1', TEXTS.nightDatabase, week(11, 3, '23:08')),
    toldAs('night2', TEXTS.nightSignIn, week(11, 3, '23:47')),
    toldAs('friday', TEXTS.fridayPayouts, week(9, 5, '19:38')),
    toldAs('tax', TEXTS.taxReport, week(6, 1, '11:04')),
    toldAs('statements', TEXTS.statements, week(4, 1, '10:22')),
    toldAs('double', TEXTS.doubleBooking, week(3, 2, '10:31')),
    toldAs('accents', TEXTS.accents, week(2, 2, '15:10')),
    toldAs('export', TEXTS.scheduledExports, week(2, 3, '14:52')),
    toldAs('codes', TEXTS.codesTooOften, week(2, 4, '12:10')),
    toldAs('filters', TEXTS.forgottenFilters, week(1, 4, '09:50')),
    toldAs('edited', TEXTS.edited, day(6, '11:26')),
    postedLater(toldAs('later', TEXTS.postedLater, day(4, '08:50')), 34),
    toldAs('atonce', TEXTS.resolvedAtOnce, day(2, '14:20')),
  ]
}

/** What was published or corrected afterwards. */
export function afterwardsActs({ week, day }: Almanac): Act[] {
  return [
    postmortem('route', week(29, 2, '15:00'), DAMAGED_ROUTE),
    postmortem('night1', week(10, 2, '11:30'), NIGHT_OF_TWO),
    postmortem('double', week(2, 1, '16:10'), DOUBLE_BOOKING),
    {
      at: day(6, '12:31'),
      by: PEOPLE.lead,
      play: (tx, cast) =>
        editIncidentUpdate(tx, idOf(cast, 'incident/edited'), idOf(cast, 'update/edited/2'), {
          body: 'Endpoints in the Gulf and in western Europe are affected, about 140 in all. We first wrote 40, which counted one region only. Webhooks to them wait in a queue and will be delivered.',
        }),
    },
  ]
}

export function toldAs(key: string, { name, on, updates, impact }: Story, at: number): ToldIncident {
  const [first, ...later] = updates
  if (!first) throw new Error(`The story of ${key} is empty.`)
  return { key, name, at, ...(impact && { impact }), updates: [{ ...first, components: on }, ...later] }
}

/** The same, written down so many minutes after it happened, without telling anybody. */
function backfilled(told: ToldIncident, minutes: number): ToldIncident {
  return {
    ...told,
    backfilled: true,
    at: told.at + minutes * MINUTE_MS,
    updates: told.updates.map((update, index) => ({
      ...update,
      // Both are written in one go, the second one two minutes after the first.
      after: 2 * index,
      shownEarlier: minutes + 2 * index - update.after,
    })),
  }
}

/** The same, with a first update that says it began so many minutes before. */
function postedLater(told: ToldIncident, minutes: number): ToldIncident {
  const [first, ...later] = told.updates
  return first ? { ...told, updates: [{ ...first, shownEarlier: minutes }, ...later] } : told
}

function postmortem(key: string, at: number, body: string): Act {
  return {
    at,
    by: PEOPLE.lead,
    play: (tx, cast) => publishPostmortem(tx, idOf(cast, `incident/${key}`), { body }),
  }
}
