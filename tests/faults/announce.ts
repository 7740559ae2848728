import { isFull } from './extent.ts'

/** Says how long the whole of it takes, before anything else. */
export default function announce(): void {
  if (isFull)
    process.stdout.write(
      'Every fault in docs/durability.md, as often as it says there: about 10 minutes, or 25 on a busy machine.\n',
    )
}
