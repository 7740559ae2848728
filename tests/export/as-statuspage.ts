import type { Answers } from '../import/reading/json-server.ts'

// biome-ignore lint/suspicious/noExplicitAny: any part of any JSON
type Json = any

const MONTHS_A_PAGE = 3

/**
 * What a Statuspage with these documents answers: the 50 newest in its lists, months with the codes of all in its
 * history, and every incident and maintenance by itself.
 * @param now the month with which the history begins
 */
export function asStatuspage(documents: Record<string, string>, now: Date): Answers {
  const read = (name: string): Json => JSON.parse(documents[name] ?? '')
  const [incidents, maintenances] = [read('incidents.json'), read('scheduled-maintenances.json')]
  const all: Json[] = [...incidents.incidents, ...maintenances.scheduled_maintenances]
  const history: Answers = {}
  for (let page = 1; page <= 20; page += 1) {
    const months = Array.from({ length: MONTHS_A_PAGE }, (_, index) => {
      const month = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - (page - 1) * MONTHS_A_PAGE - index)
      const key = new Date(month).toISOString().slice(0, 7)
      const within = all.filter(({ started_at }) => started_at.startsWith(key))
      return { name: key, starts_on: 1, incidents: within.map(({ id, name }) => ({ code: id, name })) }
    })
    history[`/history.json?page=${page}`] = { months }
  }
  return {
    '/api/v2/components.json': documents['components.json'] ?? '',
    '/api/v2/incidents.json': { ...incidents, incidents: incidents.incidents.slice(0, 50) },
    '/api/v2/scheduled-maintenances.json': { ...maintenances, scheduled_maintenances: [] },
    ...history,
    ...Object.fromEntries(all.map((one) => [`/incidents/${one.id}.json`, one])),
  }
}
