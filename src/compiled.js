import { enableCompileCache } from 'node:module'
import path from 'node:path'

// Loaded before the program (`--import`), so that a start finds our files and packages as an earlier one has compiled
// them, in a folder of the build. Where that cannot be written, a start compiles everything again. JavaScript, because
// what is loaded up to here is compiled each time, and Node's compiler of TypeScript alone takes 17 MB of memory.
enableCompileCache({ directory: path.resolve('dist/compiled'), portable: true })
