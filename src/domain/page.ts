import { z } from 'zod'
import { newId } from '../lib/ids.ts'
import { canonicalLanguage } from '../lib/languages.ts'
import { isTimeZone } from '../lib/time-zones.ts'
import { asChanged, record } from './events/record.ts'
import type { Reader, Tx } from './tx.ts'

/** Who sees what is promised: everybody, staff and customers under contract, or nobody. */
export const COMMITMENTS = ['public', 'internal', 'off'] as const
export type Commitments = (typeof COMMITMENTS)[number]

/** The page as everybody sees it: who it speaks for and in which zone. */
export interface Page {
  id: string
  name: string
  /** In which staff write what stands on the page, as a BCP 47 tag. */
  language: string
  timeZone: string
  homeUrl: string | null
  supportUrl: string | null
  accent: string
  commitments: Commitments
  /** A sentence that stands beside the commitments. */
  commitmentsNote: string | null
  /** The file of its logo: `/logo/FILE`. */
  logo: string | null
  /** That for the dark ground, where it is another one. */
  darkLogo: string | null
  version: number
  updatedAt: number
}

const Language = z.string().transform((text, context) => {
  const tag = canonicalLanguage(text)
  if (tag !== undefined) return tag
  context.addIssue('This is not the tag of a language, for instance de or pt-BR.')
  return z.NEVER
})

export const PageSettings = z
  .strictObject({
    name: z.string().trim().min(1).max(100),
    language: Language,
    time_zone: z.string().refine(isTimeZone, 'This is not an IANA time zone, for instance Asia/Kolkata.'),
    home_url: z.url({ protocol: /^https?$/ }).nullable(),
    support_url: z.url({ protocol: /^(https?|mailto)$/ }).nullable(),
    accent: z.string().regex(/^#[0-9a-f]{6}$/i, 'This is not a colour like #1f6feb.'),
    commitments: z.enum(COMMITMENTS),
    commitments_note: z.string().trim().min(1).max(500).nullable(),
  })
  .partial()
export type PageSettings = z.infer<typeof PageSettings>

const DEFAULT_ACCENT = '#2f5bd7'

/** Makes the page's row if there is none. */
export async function installPage(tx: Tx, page: { name: string; timeZone: string }): Promise<void> {
  const existing = await tx.db.selectFrom('page').select('id').executeTakeFirst()
  if (existing) return
  await tx.db
    .insertInto('page')
    .values({
      id: newId(),
      name: page.name,
      language: 'en',
      time_zone: page.timeZone,
      home_url: null,
      support_url: null,
      accent: DEFAULT_ACCENT,
      commitments: 'public',
      commitments_note: null,
      version: 0,
      created_at: tx.now,
      updated_at: tx.now,
    })
    .execute()
}

export async function getPage(reader: Reader): Promise<Page> {
  const row = await reader.selectFrom('page').selectAll().executeTakeFirstOrThrow()
  return {
    id: row.id,
    name: row.name,
    language: row.language,
    timeZone: row.time_zone,
    homeUrl: row.home_url,
    supportUrl: row.support_url,
    accent: row.accent,
    commitments: row.commitments as Commitments,
    commitmentsNote: row.commitments_note,
    logo: row.logo,
    darkLogo: row.dark_logo,
    version: row.version,
    updatedAt: row.updated_at,
  }
}

/**
 * Gives the page the id that it had elsewhere, so that programs which name it by that find it here. No row refers to it;
 * what the audit log has told of the page stays under the earlier one.
 */
export async function adoptPageId(tx: Tx, id: string): Promise<void> {
  const before = await getPage(tx.db)
  await tx.db.updateTable('page').set({ id, updated_at: tx.now }).execute()
  await record(tx, 'page.updated', id, { before: { id: before.id }, after: { id } })
}

/** Changes the settings that are given and leaves the others. */
export async function updatePage(tx: Tx, settings: PageSettings): Promise<void> {
  const before = await getPage(tx.db)
  await tx.db
    .updateTable('page')
    .set({ ...settings, updated_at: tx.now })
    .execute()
  await record(tx, 'page.updated', before.id, {
    before: asChanged(pageSettings(before), settings),
    after: settings,
  })
}

function pageSettings(page: Page): Record<keyof PageSettings, unknown> {
  return {
    name: page.name,
    language: page.language,
    time_zone: page.timeZone,
    home_url: page.homeUrl,
    support_url: page.supportUrl,
    accent: page.accent,
    commitments: page.commitments,
    commitments_note: page.commitmentsNote,
  }
}
