import { OpenAPIHono } from '@hono/zod-openapi'
import type { AppContext } from '../../context.ts'

/** The admin API: everything staff and programs do, behind tokens. Mounted at `/api/admin/v1`. */
export function adminApi(_ctx: AppContext): OpenAPIHono {
  return new OpenAPIHono()
}
