import { type Story, story } from '../story.ts'

/** What goes wrong with the interfaces that other software uses. */
export const DEVELOPER_STORIES: Story[] = [
  story(
    'Elevated error rate on the API',
    { api: 'partial_outage' },
    `
    investigating 0  About 6 % of API requests end with a 502. Repeating a request helps in most cases.
    identified    13 One of our three sites answers slowly. We are taking it out of rotation.
    monitoring    21 [api operational] The site is out of rotation and the error rate is back to normal.
    resolved      66 The error rate has been normal for 45 minutes. The site comes back after repair.
    `,
    { defect: { key: 'DEV', title: 'A slow site is not taken out of rotation by itself', severity: 'high' } },
  ),
  story(
    'API is slow',
    { api: 'degraded_performance' },
    `
    investigating 0  Requests take three to four seconds instead of 200 milliseconds. None of them fails.
    identified    29 A report that runs at night is still running and slows the database down. We have stopped it.
    resolved      57 Response times are normal.
    `,
  ),
  story(
    'API refuses valid keys in {region}',
    { api: 'partial_outage', webhooks: 'degraded_performance' },
    `
    investigating 0  Some requests from {region} are answered with 401, although their keys are valid.
    identified    34 Keys that were made in the last week have not reached {region}. We are copying them.
    monitoring    60 [api operational, webhooks operational] All keys are there.
    resolved      97 Keys are accepted everywhere.
    `,
    { defect: { key: 'DEV', title: 'New keys do not reach every region', severity: 'critical' } },
  ),
  story(
    'Webhooks are delayed',
    { webhooks: 'degraded_performance' },
    `
    investigating 0  Webhooks arrive up to 25 minutes late. They arrive in order, and none is lost.
    identified    18 A single endpoint that answers slowly holds up others in its queue. We have moved it to a queue of its own.
    monitoring    44 The delay is down to two minutes.
    resolved      70 Webhooks arrive within seconds.
    `,
    { defect: { key: 'DEV', title: 'One slow endpoint delays the webhooks of others', severity: 'medium' } },
  ),
  story(
    'Webhooks are not sent',
    { webhooks: 'major_outage' },
    `
    investigating 0  No webhooks are leaving. Please ask the API for the state of a payment until they do.
    identified    32 The disk of the outgoing queue is full. We are adding space.
    monitoring    69 [webhooks degraded_performance] Webhooks are leaving again, oldest first.
    monitoring   128 [webhooks operational] The queue is empty.
    resolved     160 Every webhook has been sent. You may have received some of them twice; their ids are the same.
    `,
    {
      defect: {
        key: 'DEV',
        title: 'Outgoing queue stops without warning when its disk is full',
        severity: 'critical',
      },
    },
  ),
  story(
    'Webhook signatures cannot be verified',
    { webhooks: 'partial_outage' },
    `
    identified    0  Since the release of this morning, webhooks to endpoints with two secrets are signed with the older one only. Endpoints with one secret are not affected.
    monitoring    58 [webhooks operational] Both signatures are sent again. Webhooks that were refused are being repeated.
    resolved     112 All refused webhooks have been accepted.
    `,
    { defect: { key: 'DEV', title: 'Second webhook signature is missing', severity: 'high' } },
  ),
  story(
    'Rate limits are applied too early',
    { api: 'degraded_performance' },
    `
    investigating 0  Some integrations receive 429 although they are below their limit.
    identified    25 Limits are counted per office address instead of per key since a change in our network. We have raised them for the time being.
    monitoring    88 Limits are counted per key again.
    resolved     130 Limits are right, and the raised ones have been taken back.
    `,
    {
      defect: {
        key: 'DEV',
        title: 'Rate limit counts the office address instead of the key',
        severity: 'medium',
      },
    },
  ),
  story(
    'File exchange does not accept new files',
    { files: 'partial_outage' },
    `
    investigating 0  Uploads to the file exchange end with “permission denied”. Downloads work.
    identified    49 Rights were set wrongly when a disk was moved.
    resolved      83 Uploads work. Please repeat those that failed.
    `,
  ),
  story(
    'Test keys cannot be created',
    { api: 'operational' },
    `
    investigating 0  Creating a key for tests ends with an error. Existing keys work.
    resolved      52 Test keys can be created again.
    `,
    {
      impact: 'minor',
      defect: { key: 'DEV', title: 'Creating a test key fails for long project names', severity: 'low' },
    },
  ),
  story(
    'Connection errors from {region}',
    { api: 'degraded_performance', checkout: 'degraded_performance' },
    `
    investigating 0  Some connections from {region} break off. A network operator between there and us loses packets.
    monitoring    36 We have moved traffic from {region} to another operator.
    resolved      92 No connection has broken off for 50 minutes.
    `,
  ),
]
