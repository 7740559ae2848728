import type { UpdateView } from '../../domain/status-page/views.ts'

/** Words to begin an update with, for each state: true of any incident, so that they can go out as they are. */
export const SUGGESTED_TEXTS: Record<UpdateView['status'], string> = {
  investigating: 'We have seen the problem and are looking for its cause.',
  identified: 'We know the cause and are working on it.',
  monitoring: 'It works again. We are watching whether it stays so.',
  resolved: 'The problem is solved, and everything works as it should.',
  scheduled: 'We are going to work on our systems in this window.',
  in_progress: 'The maintenance has begun.',
  verifying: 'The work is done. We are checking that everything runs as it should.',
  completed: 'The maintenance is complete, and everything works as it should.',
  cancelled: 'This maintenance will not take place.',
}

/** For a maintenance whose end moves. */
export const LONGER_TEXT = 'The work takes longer than planned. The new end stands above.'
