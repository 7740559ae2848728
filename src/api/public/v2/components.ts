import { Hono } from 'hono'
import type { AppContext } from '../../../context.ts'
import {
  readComponentDocument,
  readComponentsDocument,
} from '../../../domain/status-page/read-component-documents.ts'
import { componentsJson, singleComponentJson } from '../../../render/v2/component-json.ts'
import { idOfFile, jsonAnswers } from './answer-json.ts'

/** The components and groups of the page. */
export function components(ctx: AppContext): Hono {
  const answer = jsonAnswers(ctx)
  const app = new Hono()
  app.get('/api/v2/components.json', (c) => answer(c, readComponentsDocument, componentsJson))
  app.get('/api/v2/components/:file{[^/]+\\.json}', (c) => {
    const id = idOfFile(c)
    return answer(
      c,
      async (reader, viewpoint) =>
        id === undefined ? undefined : readComponentDocument(reader, id, viewpoint),
      singleComponentJson,
      'There is no such component.',
    )
  })
  return app
}
