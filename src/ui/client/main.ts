import { tellDays } from './days.ts'
import { tellPresent } from './present.ts'
import { keepFresh } from './refresh.ts'
import { tellTimes } from './times.ts'

/** Everything that the page's words gain from a browser; without it they say all that is known. */
function enhance(): void {
  tellTimes()
  tellDays()
  tellPresent()
}

enhance()
setInterval(tellPresent, 30_000)
keepFresh(enhance)
