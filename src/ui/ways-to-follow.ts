import type { SubscribeView } from '../domain/status-page/views.ts'
import { escapeXml } from '../lib/xml-text.ts'
import { BADGE_HEIGHT } from '../render/badge.ts'

/** Ways to follow that belong together, as a section of the page. */
export interface WaysToFollow {
  id: 'feeds' | 'calendars' | 'badge' | 'card' | 'json'
  heading: string
  about: string
  lines: LineToCopy[]
}

/** A text to take elsewhere. */
export interface LineToCopy {
  label: string
  text: string
  /** What it leads to here, where there is something to look at. */
  path: string | null
}

/** Everything by which somebody can follow the page or one component; `origins` may show the card. */
export function waysToFollow(view: SubscribeView, origins: readonly string[]): WaysToFollow[] {
  if (view.component !== null) return waysToFollowComponent(view.page.url, view.component)
  const { page } = view
  const { url } = page
  const at = addressLine(url)
  return [
    {
      id: 'feeds',
      heading: 'Feeds',
      about:
        'One item for each incident, which tells all of it, or, for chat tools, one for each update, never changed.',
      lines: [
        at('Incidents, RSS', '/history.rss'),
        at('Incidents, Atom', '/history.atom'),
        at('Every update, RSS', '/updates.rss'),
        at('Every update, Atom', '/updates.atom'),
        at('Every update, JSON Feed', '/feed.json'),
      ],
    },
    {
      id: 'calendars',
      heading: 'Calendars',
      about:
        'A calendar that subscribes to the address follows every change; one that opens it once does not.',
      lines: [
        at('Planned maintenance', '/calendar.ics'),
        ...(page.showsCommitments ? [at('Promised deadlines', '/commitments.ics')] : []),
      ],
    },
    badgeWays(url, '/badge.svg', page.name, '/'),
    cardWays(url, page.name, origins),
    {
      id: 'json',
      heading: 'JSON',
      about:
        'Tools that read status pages need the first address alone. Scripts on any page may read the documents.',
      lines: [
        { label: 'Address for tools', text: url, path: null },
        at('The headline', '/headline.json'),
        at('State of the components', '/api/v2/status.json'),
        at('Everything about now', '/api/v2/summary.json'),
        at('Unresolved incidents', '/api/v2/incidents/unresolved.json'),
        at('The 50 newest incidents', '/api/v2/incidents.json'),
        at('Maintenance to come', '/api/v2/scheduled-maintenances/upcoming.json'),
        at('Maintenance under way', '/api/v2/scheduled-maintenances/active.json'),
        at('The 50 maintenances planned last', '/api/v2/scheduled-maintenances.json'),
        at('All that ever happened, by month', '/history.json'),
        at('Components', '/api/v2/components.json'),
        ...(page.showsCommitments
          ? [
              at('Open promises', '/api/v2/sla/commitments.json'),
              at('Promises kept and missed', '/api/v2/sla/record.json'),
            ]
          : []),
      ],
    },
  ]
}

function waysToFollowComponent(url: string, { id, name }: { id: string; name: string }): WaysToFollow[] {
  const at = addressLine(url)
  return [
    {
      id: 'feeds',
      heading: 'Feeds',
      about: 'One item for each incident and maintenance that touches this component.',
      lines: [at('RSS', `/components/${id}/history.rss`), at('Atom', `/components/${id}/history.atom`)],
    },
    badgeWays(url, `/components/${id}/badge.svg`, name, `/components/${id}`),
    {
      id: 'json',
      heading: 'JSON',
      about:
        'Its state now, and its uptime by day in seconds: with the formula, or as tools draw calendars of it.',
      lines: [
        at('State', `/api/v2/components/${id}.json`),
        at('Uptime', `/api/v2/components/${id}/uptime.json`),
        at('Uptime for calendars', `/uptime/${id}.json`),
      ],
    },
  ]
}

function badgeWays(url: string, badge: string, name: string, path: string): WaysToFollow {
  const [image, page] = [url + badge, url + path]
  const alt = `Status of ${name}`
  return {
    id: 'badge',
    heading: 'Badge',
    about:
      'A small image that says how it is. It takes the colours that the reader prefers, or those that you choose.',
    lines: [
      { label: 'Image', text: image, path: badge },
      { label: 'Image, always light', text: `${image}?theme=light`, path: null },
      { label: 'Image, always dark', text: `${image}?theme=dark`, path: null },
      { label: 'Markdown', text: `[![${alt.replaceAll(/[[\]]/g, '\\$&')}](${image})](${page})`, path: null },
      {
        label: 'HTML',
        text: `<a href="${page}"><img src="${image}" alt="${escapeXml(alt)}" height="${BADGE_HEIGHT}"></a>`,
        path: null,
      },
    ],
  }
}

function cardWays(url: string, name: string, origins: readonly string[]): WaysToFollow {
  const card = `<iframe src="${url}/embed" title="${escapeXml(`Status of ${name}`)}" width="640" height="200"></iframe>`
  const lines = [
    {
      label: 'Only while something is wrong',
      text: `<script src="${url}/embed.js" async></script>`,
      path: null,
    },
    { label: 'Always', text: card, path: '/embed' },
  ]
  return {
    id: 'card',
    heading: 'Card on your own pages',
    about: cardWords(origins),
    lines: origins.length > 0 ? lines : [SETTING],
  }
}

/** Nobody may frame anything of ours unasked, so at first this is all that can be copied. */
const SETTING: LineToCopy = {
  label: 'Setting of this page, with the addresses of yours',
  text: 'AVOW_EMBED_ORIGINS=https://www.example.com',
  path: '/embed',
}

function cardWords(origins: readonly string[]): string {
  const what =
    'The headline, the nearest promise and a link. The script asks this page once a minute and sets no cookie.'
  if (origins.length === 0)
    return `${what} No other page may show it yet. Whoever runs this one allows it with this setting and a restart; the lines to copy then stand here.`
  return origins.includes('*')
    ? `${what} Any page may show it.`
    : `${what} It is shown on: ${origins.join(', ')}.`
}

function addressLine(url: string): (label: string, path: string) => LineToCopy {
  return (label, path) => ({ label, text: url + path, path })
}
