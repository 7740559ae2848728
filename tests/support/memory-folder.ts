import { mkdtemp, rm } from 'node:fs/promises'
import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { fastFolder } from './fast-folder.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** What tests write for the moment; it is gone with the run. */
    memoryFolder: string
  }
}

/** Makes the folder in which `write-to-memory.ts` lets tests, their programs and browsers write. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(await fastFolder(), 'avow-run-'))
  project.provide('memoryFolder', folder)
  return () => rm(folder, { recursive: true, force: true })
}
