import { type Expression, type SqlBool, sql } from 'kysely'

/** Whether a column holds a text; letters of ASCII match in either case. */
export function holdsText(text: string, column: Expression<unknown>): Expression<SqlBool> {
  const pattern = `%${text.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`
  return sql<SqlBool>`lower(${column}) like ${pattern} escape '\\'`
}
