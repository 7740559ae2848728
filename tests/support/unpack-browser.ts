import { unpackBrowser } from './browser.ts'

// Before temporary files go elsewhere: where it is unpacked it stays for the next run.
await unpackBrowser()
