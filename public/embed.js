// Shows the card of a status page where this script stands, and only while something is wrong:
//   <script src="https://status.example.com/embed.js" async></script>
// It asks that page alone, keeps nothing and sends no cookies.
;(() => {
  const script = document.currentScript
  const { origin } = new URL(script.src)
  let frame

  function show({ is_calm, sentence }) {
    if (is_calm) {
      frame?.remove()
      frame = undefined
      return
    }
    if (!frame) {
      frame = document.createElement('iframe')
      frame.src = `${origin}/embed`
      frame.style.cssText = 'border:0;width:100%;max-width:40rem;height:200px;color-scheme:light dark'
      if (document.body.contains(script)) script.after(frame)
      else document.body.append(frame)
    }
    frame.title = sentence
  }

  async function look() {
    if (document.hidden) return
    try {
      const asked = { cache: 'no-cache', credentials: 'omit' }
      const answer = await fetch(`${origin}/headline.json`, asked)
      if (answer.ok) show((await answer.json()).headline)
    } catch {
      // Nobody knows: what is shown stays as it is, and the next look asks again.
    }
  }

  look()
  setInterval(look, 60_000)
})()
