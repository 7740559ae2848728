import type { ComponentStatus } from '../domain/components/component-status.ts'
import { chosenComponents } from './component-choices.ts'
import type { FormOf } from './desk.ts'
import type { Form } from './form.ts'

// What the forms about incident templates send to the admin API, and where one goes afterwards.

const NONE: ReadonlyMap<string, ComponentStatus> = new Map()
const LIST = '/admin/templates'

export function addingTemplate(): FormOf<unknown> {
  return {
    name: 'template',
    send: (form) => ({ method: 'post', path: '/incident-templates', body: bodyOf(form) }),
    next: () => `${LIST}?said=template-saved`,
  }
}

export function changingTemplate(id: string): FormOf<unknown> {
  return {
    name: 'template',
    send: (form) => ({
      method: 'patch',
      path: `/incident-templates/${id}`,
      basedOn: form.text('version'),
      body: bodyOf(form),
    }),
    next: () => `${LIST}?said=template-saved`,
  }
}

export function deletingTemplate(id: string): FormOf<unknown> {
  return {
    name: 'deletion',
    send: (form) => ({ method: 'delete', path: `/incident-templates/${id}`, basedOn: form.text('version') }),
    next: () => `${LIST}?said=template-deleted`,
  }
}

function bodyOf(form: Form) {
  return {
    title: form.text('title'),
    name: form.text('name'),
    status: form.text('status'),
    body: form.text('body'),
    components: chosenComponents(form, NONE),
    deliver_notifications: form.has('tell'),
  }
}
