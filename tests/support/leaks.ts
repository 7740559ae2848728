import type { AppContext } from '../../src/context.ts'
import { getDefect } from '../../src/domain/defects/defects.ts'
import { readPromises } from '../../src/domain/sla/read-promises.ts'
import { clockWords, dateWords, localDateWords, zoneWord } from '../../src/lib/date-words.ts'
import { type Instant, SECOND_MS, toShortIso } from '../../src/lib/instant.ts'
import { unbroken } from '../../src/ui/unbroken.ts'
import {
  INTERNAL_MARK,
  OTHER_MARK,
  PRIVATE_DAY,
  PRIVATE_MARK,
  PRIVATE_WINDOW,
  PRIVATE_ZONE,
  type PrivateWorld,
} from './private-world.ts'

/** Something that must not be told, in every form in which bytes could tell it. */
export interface Secret {
  name: string
  forms: string[]
}

/**
 * A text in every form in which it could stand in an answer: as it is, in an address, in JSON, HTML, base64 and
 * hexadecimal. Letters and digits are escaped by nothing but the last two, so a mark is found in each of them.
 */
export function secretText(name: string, text: string): Secret {
  const bytes = Buffer.from(text)
  const forms = [
    text,
    encodeURIComponent(text),
    [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
    JSON.stringify(text).slice(1, -1),
    [...text].map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
    [...text].map((letter) => `&#${letter.charCodeAt(0)};`).join(''),
    [...text].map((letter) => `&#x${letter.charCodeAt(0).toString(16)};`).join(''),
    bytes.toString('hex'),
    ...base64Forms(bytes),
  ]
  return { name, forms: [...new Set(forms)] }
}

/** An instant in every form in which documents of ours or of others write one; in words by the clock of its own zone. */
export function secretInstant(at: Instant): Secret {
  const iso = toShortIso(at)
  const words = `${dateWords(at, PRIVATE_ZONE)}, ${clockWords(at, PRIVATE_ZONE)} ${zoneWord(at, PRIVATE_ZONE)}`
  const forms = [
    iso.slice(0, 19),
    iso.slice(0, 19).replaceAll(/[-:]/g, ''),
    String(at),
    String(Math.floor(at / SECOND_MS)),
    new Date(at).toUTCString(),
    words,
    // As pages write it, so that a line does not end within a date, and as bytes that are read letter by letter.
    Buffer.from(unbroken(words)).toString('latin1'),
  ]
  return { name: `instant ${iso}`, forms }
}

/** Everything that only those under the contracts may know. */
export async function secretsOf(
  ctx: AppContext,
  world: PrivateWorld,
): Promise<Record<'texts' | 'internal' | 'links' | 'instants' | 'ids', Secret[]>> {
  const { customer, plan, product, other, calendars, policies, events } = world
  const contracts = [customer, plan, product, other]
  const ids = [
    ...contracts.flatMap(({ contract, link }) => [contract, link]),
    ...[...calendars, ...policies, ...events, ...privateDefects(world)],
  ]
  const deadlines = await readDeadlines(ctx, [...Object.values(customer.defects), plan.defect])
  return {
    texts: TEXTS,
    internal: [secretText('a text for staff', INTERNAL_MARK)],
    links: contracts.map(({ secret }, index) => secretText(`secret of link ${index}`, secret)),
    instants: deadlines.map(secretInstant),
    ids: ids.map((id) => secretText(`id ${id}`, id)),
  }
}

/** What every text of theirs has in it, and the hours and the zone that nobody else counts by. */
const TEXTS: Secret[] = [
  secretText('a text of the contract', PRIVATE_MARK),
  secretText('a text of another contract', OTHER_MARK),
  secretText('its zone', PRIVATE_ZONE),
  { name: 'its zone in words', forms: ['GMT+5:45'] },
  ...PRIVATE_WINDOW.map((clock) => ({
    name: 'its hours',
    forms: [`"${clock}"`, ` ${clock} `, ` ${clock},`],
  })),
  { name: 'the day that something is deferred to', forms: [PRIVATE_DAY, localDateWords(PRIVATE_DAY)] },
]

/** When each goal of some defects is due and comes to be at risk. */
async function readDeadlines(ctx: AppContext, ids: string[]): Promise<Instant[]> {
  return ctx.snapshot(async (reader) => {
    const defects = await Promise.all(ids.map((id) => getDefect(reader, id)))
    const promises = [...(await readPromises(reader, defects, ctx.now())).values()]
    const states = promises.flatMap(({ goals }) => goals.map(({ state }) => state))
    return [...new Set(states.flatMap(({ deadlineAt, atRiskAt }) => [deadlineAt, atRiskAt]))].filter(
      (at) => at !== null,
    )
  })
}

export function privateDefects(
  world: Pick<PrivateWorld, 'customer' | 'plan' | 'product' | 'other'>,
): string[] {
  const { customer, plan, product, other } = world
  return [...Object.values(customer.defects), plan.defect, product.defect, other.defect]
}

/** Which of these secrets stand in some bytes, each with what stands around it. */
export function leaksIn(bytes: Uint8Array | string, secrets: readonly Secret[]): string[] {
  const text = typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString('latin1')
  const lower = text.toLowerCase()
  return secrets.flatMap(({ name, forms }) =>
    forms.flatMap((form) => {
      const at = lower.indexOf(form.toLowerCase())
      return at < 0 ? [] : [`${name}: …${text.slice(Math.max(0, at - 60), at + form.length + 30)}…`]
    }),
  )
}

/** What base64 makes of bytes wherever they begin in what is encoded, without the letters that neighbours share. */
function base64Forms(bytes: Buffer): string[] {
  return [0, 1, 2].flatMap((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64')
    const whole = Math.floor(((before + bytes.length) * 8) / 6)
    const inner = encoded.slice(Math.ceil((before * 8) / 6), whole)
    return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')]
  })
}
