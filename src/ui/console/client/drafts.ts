import { clockWords } from '../../../lib/date-words.ts'
import { find } from '../../client/find.ts'
import { fieldsOf, whenCalm } from './post.ts'

/** Keeps what is typed on the server, as the button "Keep as draft" does: no reload, crash or lost session takes it. */
export function keepDrafts(form: HTMLFormElement): void {
  let isKept = true
  form.addEventListener('input', () => {
    isKept = false
  })
  const keep = async () => {
    isKept = true
    const fields = fieldsOf(form, 'keep')
    const answer = await fetch(location.pathname, { method: 'POST', body: fields, redirect: 'manual' }).catch(
      () => undefined,
    )
    // After a form that did something a page says where to go on, which is not followed here.
    const isStored = answer?.type === 'opaqueredirect'
    if (!isStored) isKept = false
    say(
      form,
      isStored ? `Draft kept at ${clock()}` : 'The draft could not be kept. Your text is in this page only.',
    )
  }
  const stop = whenCalm(form, 1_500, keep)
  form.addEventListener('submit', () => {
    isKept = true
  })
  const leave = () => {
    stop()
    if (!isKept) isKept = navigator.sendBeacon(location.pathname, fieldsOf(form, 'keep'))
  }
  // Before the next page is asked for, so that it has the draft; see `showLateDrafts` for when it has not.
  addEventListener('beforeunload', leave)
  // Phones may say nothing before.
  addEventListener('pagehide', leave)
}

function say(form: HTMLFormElement, words: string): void {
  find('[data-form-state]', form)?.replaceChildren(words)
}

function clock(): string {
  return clockWords(Date.now(), Intl.DateTimeFormat().resolvedOptions().timeZone)
}
