import { readFileSync } from 'node:fs'

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: { start: string } }

/** What `npm start` tells Node before it names the program, so that tests run it as everybody does. */
export const NODE_OPTIONS = scripts.start.split(' ').slice(1, -1)
