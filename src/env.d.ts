import type { AppContext } from './context.ts'

declare global {
  namespace App {
    interface Locals {
      ctx: AppContext
    }
  }
}
