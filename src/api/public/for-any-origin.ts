import { cors } from 'hono/cors'

/** A script on another page may read the documents, and see which version it has and what describes it. */
export const forAnyOrigin = cors({
  origin: '*',
  allowMethods: ['GET', 'HEAD'],
  exposeHeaders: ['ETag', 'Link'],
})
