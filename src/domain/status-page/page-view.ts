import { getPage } from '../page.ts'
import type { Reader } from '../tx.ts'
import { readAudience } from './audience.ts'
import type { Viewpoint } from './viewpoint.ts'
import type { PageView } from './views.ts'

export async function readPageView(reader: Reader, viewpoint: Viewpoint): Promise<PageView> {
  const { name, language, timeZone, homeUrl, supportUrl, accent, commitmentsNote, logo, darkLogo } =
    await getPage(reader)
  const { seesCommitments } = await readAudience(reader, viewpoint)
  const { url } = viewpoint
  return {
    name,
    language,
    timeZone,
    homeUrl,
    supportUrl,
    accent,
    url,
    showsCommitments: seesCommitments,
    commitmentsNote,
    logo,
    darkLogo,
  }
}
