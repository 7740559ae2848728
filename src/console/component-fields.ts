import type { Form } from './form.ts'

/** What the fields of a component say, as the API takes them. */
export function componentFields(form: Form) {
  return {
    name: form.text('name'),
    description: form.optional('description'),
    group_id: form.optional('group_id'),
    start_date: form.optional('start_date'),
    showcase: form.has('showcase'),
    only_show_if_degraded: form.has('only_show_if_degraded'),
  }
}
