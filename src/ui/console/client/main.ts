import { find, findAll } from '../../client/find.ts'
import { tellPresent } from '../../client/present.ts'
import { tellTimes } from '../../client/times.ts'
import { showConsequences } from './consequences.ts'
import { keepDrafts } from './drafts.ts'
import { filterRows } from './filter.ts'
import { showLateDrafts } from './late-drafts.ts'
import { offerPalette } from './palette.ts'
import { sendOnce } from './send-once.ts'
import { suggestTexts } from './suggest.ts'

// Everything works without this; with it, text keeps itself, and what a form does is seen while one writes.
tellTimes()
tellPresent()
setInterval(tellPresent, 30_000)
const forms = findAll<HTMLFormElement>('form[data-form]')
for (const form of forms) {
  sendOnce(form)
  suggestTexts(form)
  if (form.dataset.keeps === 'true') keepDrafts(form)
  if (form.dataset.previews === 'true') showConsequences(form)
}
showLateDrafts(forms.filter((form) => form.dataset.keeps === 'true'))
for (const rows of findAll('[data-filterable]')) filterRows(rows)
offerPalette()
const order = find('[data-order]')
// The library that drags is asked for where something can be dragged.
if (order) import('./order.ts').then(({ moveInPlace }) => moveInPlace(order))
