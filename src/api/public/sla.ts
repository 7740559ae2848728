import { type Context, Hono } from 'hono'
import type { AppContext } from '../../context.ts'
import { readAudience } from '../../domain/status-page/audience.ts'
import { readCommitmentsDocument, readRecordDocument } from '../../domain/status-page/read-record.ts'
import type { Viewpoint } from '../../domain/status-page/viewpoint.ts'
import type { Reader } from '../../domain/tx.ts'
import { CommitmentsJson, commitmentsJson } from '../../render/sla/commitments-json.ts'
import { jsonSchema } from '../../render/sla/json-schema.ts'
import { recordCsv } from '../../render/sla/record-csv.ts'
import { RecordJson, recordJson } from '../../render/sla/record-json.ts'
import { plainProblemAnswer } from '../problem.ts'
import { answerDocument, type PublicDocument } from './answer-document.ts'
import { forAnyOrigin } from './for-any-origin.ts'

const FOLDER = '/api/v2/sla'
const CSV = '/sla/record.csv'
const SCHEMA_TYPE = 'application/schema+json'
const SCHEMAS = {
  record: { schema: RecordJson, title: 'The record of promises' },
  commitments: { schema: CommitmentsJson, title: 'Open commitments' },
}

/**
 * The record and the open commitments for programs, for any origin, each JSON document with its schema beside it.
 * Mounted at `/`, in front of the answer to unknown paths below `/api`. Not there while commitments are not public.
 */
export function sla(ctx: AppContext): Hono {
  // Asked for at each request: `astro build` makes the routes and has no configuration.
  const url = () => ctx.config.url

  /** Answers with what everybody is shown, or that nothing is. */
  async function answer<Found>(
    c: Context,
    read: (reader: Reader, viewpoint: Viewpoint) => Promise<Found | undefined>,
    document: (found: Found) => PublicDocument,
  ): Promise<Response> {
    const found = await ctx.snapshot((reader) => read(reader, { url: url(), now: ctx.now() }))
    if (found !== undefined) return answerDocument(c, document(found))
    return plainProblemAnswer(404, 'Not found', 'This page does not show what is promised.')
  }

  const app = new Hono()
  for (const path of [`${FOLDER}/*`, CSV]) app.use(path, forAnyOrigin)
  for (const [name, { schema, title }] of Object.entries(SCHEMAS)) {
    app.get(`${FOLDER}/${name}.schema.json`, (c) =>
      answer(c, readWhetherShown, () => {
        const body = JSON.stringify(jsonSchema(schema, title, addressOf(url(), name)))
        return { type: SCHEMA_TYPE, body }
      }),
    )
  }
  app.get(CSV, (c) =>
    answer(c, readRecordDocument, ({ record }) => ({
      type: 'text/csv; charset=utf-8',
      body: recordCsv(record),
    })),
  )
  app.get(`${FOLDER}/record.json`, (c) =>
    answer(c, readRecordDocument, (found) => described(c, url(), 'record', recordJson(found))),
  )
  app.get(`${FOLDER}/commitments.json`, (c) =>
    answer(c, readCommitmentsDocument, (found) => described(c, url(), 'commitments', commitmentsJson(found))),
  )
  return app
}

/** A schema is of use where there is something to describe. */
async function readWhetherShown(reader: Reader, viewpoint: Viewpoint): Promise<true | undefined> {
  return (await readAudience(reader, viewpoint)).seesCommitments || undefined
}

/** JSON, with a header that says where its schema is. */
function described(c: Context, url: string, name: string, document: object): PublicDocument {
  c.header('Link', `<${addressOf(url, name)}>; rel="describedby"; type="${SCHEMA_TYPE}"`)
  return { type: 'application/json; charset=utf-8', body: JSON.stringify(document) }
}

function addressOf(url: string, name: string): string {
  return `${url}${FOLDER}/${name}.schema.json`
}
