import { z } from 'zod'

/**
 * A document's schema as JSON Schema (draft 2020-12), at its own address. It names what is there and leaves room for
 * more: a key that is added later breaks nobody.
 */
export function jsonSchema(schema: z.ZodType, title: string, address: string): object {
  const { $schema, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'input' })
  return { $schema, $id: address, title, ...rest }
}
