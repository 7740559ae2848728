import type { AppContext } from './context.ts'

declare global {
  namespace App {
    interface Locals {
      ctx: AppContext
      /** What its answer and its lines in the log are called. */
      requestId: string
    }
  }
}
