import type { Context } from 'hono'
import type { AppContext } from '../../../context.ts'
import type { Viewpoint } from '../../../domain/status-page/viewpoint.ts'
import type { Reader } from '../../../domain/tx.ts'
import { isId } from '../../../lib/ids.ts'
import { plainProblemAnswer } from '../../problem.ts'
import { answerDocument } from '../answer-document.ts'

/** Answers with what everybody is shown now, written down by `json`; 404 with the sentence where nothing is read. */
export type AnswerJson = <Found>(
  c: Context,
  read: (reader: Reader, viewpoint: Viewpoint) => Promise<Found | undefined>,
  json: (found: Found) => object,
  missing?: string,
) => Promise<Response>

export function jsonAnswers(ctx: AppContext): AnswerJson {
  return async (c, read, json, missing = 'There is nothing at this address.') => {
    const found = await ctx.snapshot((reader) => read(reader, { url: ctx.config.url, now: ctx.now() }))
    if (found === undefined) return plainProblemAnswer(404, 'Not found', missing)
    return answerDocument(c, {
      type: 'application/json; charset=utf-8',
      body: JSON.stringify(json(found)),
    })
  }
}

/** What `:id.json` names; undefined for what no id can be, without asking the database. */
export function idOfFile(c: Context): string | undefined {
  const id = c.req.param('file')?.slice(0, -'.json'.length) ?? ''
  return isId(id) ? id : undefined
}
