import type { Instant } from '../lib/instant.ts'
import { type Almanac, DEMO_ZONE } from './almanac.ts'
import { type Dice, seededDice } from './dice.ts'
import type { ToldIncident } from './incident-acts.ts'
import { ACCOUNT_STORIES } from './stories/accounts.ts'
import { DEVELOPER_STORIES } from './stories/developers.ts'
import { MERCHANT_STORIES } from './stories/merchant-tools.ts'
import { PAYMENT_STORIES } from './stories/payments.ts'
import type { Story } from './story.ts'

/** An incident of the year, and the story it was made of. */
export interface PastIncident {
  told: ToldIncident
  story: Story
}

const STORIES = [...PAYMENT_STORIES, ...MERCHANT_STORIES, ...DEVELOPER_STORIES, ...ACCOUNT_STORIES]
const PAST_COUNT = 60
/** The last three weeks are told by hand. */
const OLDEST_DAYS = 356
const NEWEST_DAYS = 22
/** Cheques were closed fourteen weeks ago. */
const CHEQUES_UNTIL_DAYS = 105

const PLACES = {
  bank: ['one large bank', 'two regional banks', 'a cooperative bank', 'one private bank'],
  region: ['the south of India', 'western Europe', 'the Gulf', 'South-East Asia', 'the east of India'],
}

/** A year of incidents, oldest first, spread unevenly as they are in life; the same for the same now. */
export function pastIncidents(almanac: Almanac): PastIncident[] {
  const dice = seededDice(20)
  const deck = [...shuffled(STORIES, dice), ...shuffled(STORIES.filter(canRecur), dice)]
  const gap = (OLDEST_DAYS - NEWEST_DAYS) / PAST_COUNT
  return Array.from({ length: PAST_COUNT }, (_, index) => {
    const daysAgo = OLDEST_DAYS - gap * (index + dice.between(0, 0.95))
    const at = almanac.day(Math.floor(daysAgo), timeOfDay(dice))
    const place = deck.findIndex((story) => daysAgo > CHEQUES_UNTIL_DAYS || !('cheques' in story.on))
    const [story] = deck.splice(place, 1)
    if (place < 0 || !story) throw new Error('The demo has too few stories.')
    return { told: toldFrom(story, `past${index + 1}`, at, dice), story }
  })
}

/** What has a place in its name happens elsewhere the next time; small matters happen again anyway. */
function canRecur({ name, on }: Story): boolean {
  return name.includes('{') || Object.values(on).every((status) => status === 'degraded_performance')
}

function toldFrom(story: Story, key: string, at: Instant, dice: Dice): ToldIncident {
  const pace = dice.between(0.6, 1.7)
  const places = {
    bank: dice.pick(PLACES.bank),
    region: dice.pick(PLACES.region),
    day: workingDayOf(at),
  }
  const fill = (text: string) =>
    text.replaceAll(/\{(bank|region|day)\}/g, (_, place: keyof typeof places) => places[place])
  return {
    key,
    name: fill(story.name),
    at,
    ...(story.impact && { impact: story.impact }),
    updates: story.updates.map((update, index) => ({
      ...update,
      text: fill(update.text),
      after: Math.round(update.after * pace),
      ...(index === 0 && { components: story.on }),
    })),
  }
}

/** Most things break while people work. */
function timeOfDay(dice: Dice): string {
  const hour = dice.happens(0.8) ? dice.whole(8, 18) : dice.whole(0, 23)
  return `${twoDigits(hour)}:${twoDigits(dice.whole(0, 59))}`
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}

function shuffled<Item>(items: readonly Item[], dice: Dice): Item[] {
  const left = [...items]
  return items.flatMap(() => left.splice(dice.whole(0, left.length - 1), 1))
}

/** The working day that a text speaks of: on a weekend, Friday. */
function workingDayOf(at: Instant): string {
  const day = new Intl.DateTimeFormat('en-GB', { weekday: 'long', timeZone: DEMO_ZONE }).format(at)
  return day.startsWith('S') ? 'Friday' : day
}
