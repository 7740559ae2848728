import type { AdminClient } from './console/admin-client.ts'
import type { Admitted } from './console/gate.ts'
import type { AppContext } from './context.ts'
import type { Scope } from './domain/staff/scopes.ts'
import type { AuthoredAttributes } from './ui/authored.ts'

declare global {
  namespace App {
    interface Locals {
      ctx: AppContext
      /** What its answer and its lines in the log are called. */
      requestId: string
      /** The marks of what staff have written; undefined while that is English. */
      authored?: AuthoredAttributes | undefined
      /** In the console alone: who is asking, and what they sent. */
      admitted: Admitted
      /** In the console alone: the admin API, as whoever is asking. */
      api: AdminClient
      /** In the console alone: what whoever is asking would need for the page. */
      refusedScope?: Scope
      /** In the console alone: the address of the page that has nothing to show. */
      gonePath?: string
    }
  }
}
