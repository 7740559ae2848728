import { fillIn, variablesIn } from '../../../src/domain/incidents/template-variables.ts'
import { describe, expect, test } from '../../support/site.ts'

describe('the variables of a text', () => {
  test.for<[text: string, variables: string[]]>([
    ['Nothing is left open.', []],
    ['{{component}} fails since {{time}}.', ['component', 'time']],
    ['{{ time }} and again {{time}}', ['time']],
    ['{{payment provider}}, {{zone-2}}, {{Straße}}', ['payment provider', 'zone-2', 'Straße']],
    ['{{}} {{ }} {{1st}} {component} {{a{{b}} {{<b>}}', ['b']],
  ])('are the words in double braces: %s', ([text, variables]) => {
    expect(variablesIn(text)).toEqual(variables)
  })

  test('are replaced by what stands for them, word for word; what nothing stands for stays', () => {
    const values = new Map([
      ['component', 'Checkout ($&, {{time}})'],
      ['time', '01:20 IST'],
      ['whom', ''],
    ])
    expect(fillIn('{{component}} fails since {{ time }} for {{whom}} in {{place}}', values)).toBe(
      'Checkout ($&, {{time}}) fails since 01:20 IST for {{whom}} in {{place}}',
    )
  })
})
