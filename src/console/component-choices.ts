import type { ComponentStatus } from '../domain/components/component-status.ts'
import type { Form } from './form.ts'

/**
 * What a component grid says: those whose choice is another one than how they are affected already, as the API takes
 * them. What was left alone is not named.
 */
export function chosenComponents(
  form: Form,
  affected: ReadonlyMap<string, ComponentStatus>,
): Record<string, string> {
  const chosen = [...form.beginning('component-')]
  return Object.fromEntries(chosen.filter(([id, status]) => status !== '' && status !== affected.get(id)))
}
