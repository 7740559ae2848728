/** What a form holds, as a press of the button `does` would send it. */
export function fieldsOf(form: HTMLFormElement, does: 'keep' | 'preview'): URLSearchParams {
  const fields = new URLSearchParams()
  for (const [name, value] of new FormData(form)) fields.append(name, String(value))
  fields.set('do', does)
  return fields
}

/** Runs `work` once nothing has been typed for a while; what is returned calls it off. */
export function whenCalm(form: HTMLFormElement, ms: number, work: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const stop = () => clearTimeout(timer)
  form.addEventListener('input', () => {
    stop()
    timer = setTimeout(work, ms)
  })
  form.addEventListener('submit', stop)
  return stop
}
