import { handler } from '@astrojs/node/server.js'
import { createApp } from 'astro/app/entrypoint'
import { runProgram } from './run-program.ts'

// What a build turns into `dist/server/entry.mjs`: the program, and two ways into the pages that it serves.

/** For a request that came over a connection. */
export { handler }

const app = createApp()

/**
 * For who asks in this process. Without a connection there is no request of `node:http`, and nothing that only looks
 * like one: each such object slows down the real ones, because V8 then finds several shapes where it had found one.
 * @throws Error when a page cannot be made and there is no page about errors either
 */
export function answer(request: Request): Promise<Response> {
  return app.render(request)
}

/** For `src/main.ts`. */
export function run(stopping: AbortSignal): Promise<void> {
  return runProgram({ handler, answer }, stopping)
}
