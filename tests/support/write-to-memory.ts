import { inject } from 'vitest'

// A browser writes a profile of hundreds of files each time that it is started, and each program a database with its
// pages. That they come to a disk teaches these tests nothing.
process.env.TMPDIR = inject('memoryFolder')
