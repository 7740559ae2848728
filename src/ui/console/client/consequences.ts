import { find } from '../../client/find.ts'
import { tellPresent } from '../../client/present.ts'
import { tellTimes } from '../../client/times.ts'
import { fieldsOf, whenCalm } from './post.ts'

/** Shows beside a form what it would do, as the button "Show what it does" does, whenever one pauses. */
export function showConsequences(form: HTMLFormElement): void {
  const place = `[data-consequences="${form.dataset.form}"]`
  let asked: AbortController | undefined
  const show = async () => {
    if (!form.checkValidity()) return
    asked?.abort()
    asked = new AbortController()
    const { signal } = asked
    try {
      const answer = await fetch(location.pathname, {
        method: 'POST',
        body: fieldsOf(form, 'preview'),
        signal,
      })
      const drawn = new DOMParser().parseFromString(await answer.text(), 'text/html')
      const [shown, current] = [find(place, drawn), find(place)]
      if (!shown || !current) return
      current.replaceChildren(...shown.childNodes)
      tellTimes()
      tellPresent()
    } catch (error) {
      // A newer question has taken its place, or the line is bad: what is shown stays, and the next pause asks again.
      if (!(error instanceof DOMException || error instanceof TypeError)) throw error
    }
  }
  whenCalm(form, 600, show)
}
