import { expect, test } from 'vitest'
import { nearNames } from '../../src/lib/near-names.ts'

const KNOWN = ['Harbour Mills', 'Ærø Færge', 'Café Lüders', 'Gold', 'Ada']

test.for([
  ['Harbour Mills', []],
  ['harbour mills', ['Harbour Mills']],
  ['Harbour-Mills', ['Harbour Mills']],
  ['Harbour', ['Harbour Mills']],
  ['Harbour Mills Ltd', ['Harbour Mills']],
  ['Habrour Mills', ['Harbour Mills']],
  ['Cafe Luders', ['Café Lüders']],
  ['Golf', ['Gold']],
  ['Ida', []],
  ['Harvest Hills', []],
  ['', []],
  ['–', []],
] as const)('“%s” is near to %j', ([name, near]) => {
  expect(nearNames(name, KNOWN)).toEqual(near)
})
