import type { Site } from '../../support/site.ts'
import { type Client, type Json, writer } from './client.ts'

/** What bad requests are made about: one of everything, in the states that matter. */
export interface World {
  site: Site
  api: Client
  openIncident: Json
  resolvedIncident: Json
  /** Not linked to any defect. */
  otherIncident: Json
  scheduled: Json
  cancelled: Json
  reported: Json
  /** Linked to `openIncident`. */
  confirmed: Json
  plannedRelease: Json
  publishedRelease: Json
  revokedToken: string
  expiredToken: string
}

export async function makeWorld(site: Site): Promise<World> {
  const api = await writer(site)
  const made = async (path: string, body: object): Promise<Json> => {
    const answer = await api.post(path, body)
    if (answer.status !== 201) throw new Error(`${path}: ${JSON.stringify(answer.body)}`)
    return answer.body
  }
  const incident = (name: string) => made('/incidents', { name, body: 'Looking.' })
  const openIncident = await incident('Open')
  const resolvedIncident = await incident('Resolved')
  await made(`/incidents/${resolvedIncident.id}/updates`, { status: 'resolved', body: 'Fixed.' })
  const window = { scheduled_for: '2026-12-01T00:00:00Z', scheduled_until: '2026-12-01T01:00:00Z' }
  const scheduled = await made('/maintenances', { name: 'Planned', body: 'Soon.', ...window })
  const cancelled = await made('/maintenances', { name: 'Cancelled', body: 'Soon.', ...window })
  await api.put(`/maintenances/${cancelled.id}/cancellation`)
  const reported = await made('/defects', { key: 'CHK-1', title: 'Reported', severity: 'low' })
  const confirmed = await made('/defects', {
    key: 'CHK-2',
    title: 'Confirmed',
    severity: 'critical',
    reported_at: '2026-11-12T06:00:00Z',
    confirmed_at: '2026-11-12T06:10:00Z',
  })
  await api.put(`/incidents/${openIncident.id}/defects/${confirmed.id}`)
  const expiring = await made('/tokens', {
    name: 'Old',
    scopes: ['read'],
    expires_at: '2026-11-12T06:31:00Z',
  })
  const revoked = await made('/tokens', { name: 'Gone', scopes: ['read'] })
  await api.delete(`/tokens/${revoked.id}`)
  const world = {
    site,
    api,
    openIncident,
    resolvedIncident,
    otherIncident: await incident('Other'),
    scheduled,
    cancelled,
    reported,
    confirmed,
    plannedRelease: await made('/releases', { name: '2.0' }),
    publishedRelease: await made('/releases', { name: '1.0', published_at: '2026-11-12T06:20:00Z' }),
    revokedToken: revoked.secret,
    expiredToken: expiring.secret,
  }
  site.clock.advance({ minutes: 10 })
  return world
}
