import { hash } from 'node:crypto'

const LENGTH = 12

/**
 * An id of ours for a thing that another system numbers: 12 characters of `0-9a-z` that follow from its name alone, for
 * instance from `cachet incident 42`, so that another import finds it again.
 */
export function derivedId(name: string): string {
  return BigInt(`0x${hash('sha256', name, 'hex')}`)
    .toString(36)
    .slice(-LENGTH)
}
