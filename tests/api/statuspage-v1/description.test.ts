import { describe, expect, test } from 'vitest'
import { type Shape, wordsOf } from '../../support/shape.ts'
import type { Json } from '../admin/client.ts'
import { description } from './description.ts'
import { V1 } from './v1-shapes.ts'

describe.skipIf(description === undefined)('the description of Statuspage’s API', () => {
  test.for(Object.entries(V1))('has %s as the tables do', ([name, { some }]) => {
    const described = Object.entries<Json>(description.components.schemas[name].properties)
    const types = Object.fromEntries(described.map(([key, property]) => [key, typeOf(property)]))
    const tables = Object.fromEntries(Object.entries<Shape>(some).map(([key, shape]) => [key, typeIn(shape)]))
    // A page has more there.
    const known = Object.fromEntries(Object.entries(types).filter(([key]) => name !== 'Page' || key in some))
    expect(tables).toEqual(known)
  })
})

function typeOf({ type, format, $ref }: Json): string {
  if ($ref !== undefined) return 'object'
  return ['date-time', 'date'].includes(format) ? format : type
}

function typeIn(shape: Shape): string {
  if ('list' in shape) return 'array'
  if ('some' in shape) return 'object'
  return TYPES.get(wordsOf(shape)) ?? 'string'
}

const TYPES = new Map([
  ['true or false', 'boolean'],
  ['a whole number', 'integer'],
  ['a number', 'number'],
  ['an instant', 'date-time'],
  ['a date', 'date'],
  ['an object', 'object'],
])
