import { BUILT_FILES, loadBundle } from '../bundle.ts'
import { loadConfig } from '../config.ts'
import { unlinkedAddresses } from '../domain/status-page/unlinked-addresses.ts'
import { readBuiltFiles } from '../page-cache/built-files.ts'
import { render } from '../page-cache/render.ts'
import { SiteCopy } from '../site-copy/copy-site.ts'
import { SiteFolder } from '../site-copy/folder.ts'
import { openProgress } from './progress.ts'
import { withContext } from './with-context.ts'

/**
 * `avow export`: the whole public page as a static site in a folder, and how many files it has.
 * @throws Error with a sentence when the site is not built, the folder has other things in it, or a link leads nowhere
 */
export async function exportCommand(target: string, write: (line: string) => void): Promise<void> {
  const { url } = loadConfig()
  const bundle = await loadBundle()
  const folder = await SiteFolder.open(target)
  await withContext(async (ctx) => {
    const site = {
      origin: url,
      render: (path: string) => render(bundle.answer, url + path),
      unlinked: () => unlinkedAddresses(ctx.read, { url, now: ctx.now() }),
      builtFiles: await readBuiltFiles(BUILT_FILES, ctx.now()),
    }
    const progress = openProgress('Rendering')
    const copy = new SiteCopy(site, folder)
    const { files, changed, broken } = await copy.all({ onProgress: progress.report }).finally(progress.end)
    write(`${files} files in ${target}, ${changed} of them new or changed.`)
    if (broken.length > 0) {
      const lines = broken.map(({ address, from }) => `${address} (from ${from})`)
      throw new Error(`These links lead nowhere: ${lines.join(', ')}.`)
    }
  })
}
