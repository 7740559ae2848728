import svg from './icon.svg?raw'

/** The page's icon as an address that holds it whole: a first view does not ask for it. */
export const ICON_ADDRESS = `data:image/svg+xml,${svg
  .trim()
  .replaceAll('"', "'")
  .replace(/[<>#]/g, encodeURIComponent)}`
