import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadNumberTables } from '../../knowledge/numbers.ts'
import { root } from '../../../test/support/date-table.ts'
import { compileNumbers } from '../numbers.ts'

const finder = (code: string): ReturnType<typeof compileNumbers> => {
  const tables = loadNumberTables(join(root, 'languages', code))
  if (!tables) throw new Error(`no numbers for ${code}`)
  return compileNumbers(tables)
}

const rows: Readonly<Record<string, readonly (readonly [string, readonly number[]])[]>> = {
  en: [
    ['1,234.5 and 1,234,567 and 0.125', [1234.5, 1234567, 0.125]], ['two hundred and five', [205]], ['2.3 million', [2300000]],
    ['five hundred thousand', [500000]], ['a million', [1000000]], ['one and a half', [1]], ['two million and a half', [2500000]], ['two and a half million', [2500000]],
    ['the 21st', [21]], ['twenty-three', [23]], ['two three', [2, 3]], ['$5bn', [5e9]], ['3 to 1', [3, 1]], ['1.2.3', []], ['12:30', []], ['F-16', []], ['a man', []], ['page 12', []],
  ],
  ar: [
    ['ثلاثة آلاف', [3000]], ['مئتين وخمسين ألفا', [250000]], ['خمسة وسبعون', [75]], ['مليونين ونصف المليون', [2500000]], ['٢٫٥ مليار', [2.5e9]],
    ['١٬٢٣٤', [1234]], ['ثلاثمئة وخمسة وعشرون', [325]], ['200 مليار', [2e11]], ['خمسة عشر', [15]], ['مليونا دولار', [2000000]], ['عشرين مليونا', [20000000]], ['واحد منهم', []], ['القرار 12', []],
  ],
  zh: [
    ['二十万人', [200000]], ['2.5万', [25000]], ['1万2千亿元', [1200000000000]], ['三亿五千万元', [350000000]], ['一百零五人', [105]], ['2000亿', [2e11]], ['三方', []], ['千方百计', []], ['十名', [10]],
  ],
  ru: [
    ['двадцать пять тысяч', [25000]], ['2,5 млн', [2500000]], ['1 234 567', [1234567]], ['сто пять человек', [105]], ['триста', [300]], ['два с половиной миллиона', [2500000]], ['статья 12', []], ['Су-35', []],
  ],
  vi: [
    ['hai mươi lăm', [25]], ['một trăm linh năm người', [105]], ['200 tỷ', [2e11]], ['1.234,5', [1234.5]], ['ba nghìn tỷ đồng', [3e12]], ['nghị quyết 12', []], ['một ngày', [1]],
  ],
  fr: [
    ['quatre-vingt-dix-sept', [97]], ['deux cent cinq', [205]], ['deux mille vingt', [2020]], ['1 234,5', [1234.5]], ['2,5 milliards', [2.5e9]], ['soixante et onze', [71]], ['75e', [75]], ['un homme', []], ['article 12', []],
  ],
  es: [
    ['dos mil millones', [2e9]], ['mil', [1000]], ['treinta y cinco', [35]], ['ciento veintitrés', [123]], ['1.234,5', [1234.5]], ['2,5 millones', [2500000]], ['un hombre', []], ['doscientos mil', [200000]], ['artículo 12', []],
  ],
}

describe.each(Object.entries(rows))('%s', (code, table) => {
  const numbers = finder(code)
  test.each(table)('%s', (text, expected) => {
    expect(numbers.find(text, [0, text.length]).map((hit) => hit.value)).toEqual(expected)
  })
})
