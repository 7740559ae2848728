import { hash } from 'node:crypto'
import { z } from 'zod'
import { DomainError, invalidField } from '../../errors.ts'
import { record } from '../events/record.ts'
import { getPage } from '../page.ts'
import type { Reader, Tx } from '../tx.ts'
import { logoKind } from './logo-image.ts'

/** On which ground of the page a logo stands; the one for the light ground stands on both where it is alone. */
export const GROUNDS = ['light', 'dark'] as const
export type Ground = (typeof GROUNDS)[number]

export const NewLogo = z.strictObject({
  content: z.base64('This is not base64.').min(1, 'Choose a file.'),
})
export type NewLogo = z.infer<typeof NewLogo>

const COLUMNS = { light: 'logo', dark: 'dark_logo' } as const

/**
 * Gives the page a logo in place of the one it had; its file is named by what it holds.
 * @throws DomainError `invalid` for what is neither PNG nor SVG, is too large, or could run something
 */
export async function setLogo(tx: Tx, ground: Ground, { content }: NewLogo): Promise<void> {
  const bytes = Buffer.from(content, 'base64')
  if (bytes.byteLength === 0) throw invalidField('/content', 'Choose a file.')
  const file = `${hash('sha256', bytes, 'hex').slice(0, 16)}.${logoKind(bytes)}`
  const row = { file, content: bytes.toString('base64'), set_at: tx.now }
  await tx.db
    .insertInto('logo')
    .values({ ground, ...row })
    .onConflict((conflict) => conflict.column('ground').doUpdateSet(row))
    .execute()
  await name(tx, ground, file)
}

/** @throws DomainError `not-found` when there is none */
export async function removeLogo(tx: Tx, ground: Ground): Promise<void> {
  const { numDeletedRows } = await tx.db.deleteFrom('logo').where('ground', '=', ground).executeTakeFirst()
  if (numDeletedRows === 0n) throw new DomainError('not-found', 'The page has no such logo.')
  await name(tx, ground, null)
}

/** The bytes of a logo that the page has now. */
export async function findLogo(reader: Reader, file: string): Promise<Buffer<ArrayBuffer> | undefined> {
  const row = await reader.selectFrom('logo').select('content').where('file', '=', file).executeTakeFirst()
  return row && Buffer.from(row.content, 'base64')
}

async function name(tx: Tx, ground: Ground, file: string | null): Promise<void> {
  const page = await getPage(tx.db)
  const column = COLUMNS[ground]
  await tx.db
    .updateTable('page')
    .set({ [column]: file, updated_at: tx.now })
    .execute()
  const before = ground === 'light' ? page.logo : page.darkLogo
  await record(tx, 'page.updated', page.id, { before: { [column]: before }, after: { [column]: file } })
}
