/** Statements of what was left unsaid: whoever declines to comment says nothing, and what it is about is no event told by them. */
import { expect, test } from 'vitest'
import { createReader } from '../reader.ts'

const reader = createReader()

test.each([
  ['ru', 'Пресс-секретарь Кремля Дмитрий Песков отказался комментировать сообщения о переговорах с Минском.', 'сообщения о переговорах с Минском'],
  ['vi', 'Người phát ngôn Điện Kremlin Dmitry Peskov không bình luận về các cuộc tấn công của Ukraine.', 'các cuộc tấn công của Ukraine'],
  ['zh', '俄罗斯总统新闻秘书佩斯科夫拒绝就乌克兰的袭击置评。', '乌克兰的袭击'],
  ['ar', 'ولم يعلق المتحدث باسم الكرملين دميتري بيسكوف على تقارير عن غارات إسرائيلية.', 'غارات إسرائيلية'],
])('%s: who did not comment on what', async (language, text, about) => {
  const { reports, statements } = await reader.read({ text, language, published: '2025-03-12' })
  expect(reports).toEqual([])
  expect(statements.map(({ speaker, stance, span }) => [speaker.name, stance, text.slice(...span)])).toEqual([['Dmitry Peskov', 'not-mentioned', about]])
})

test('what is said behind a quotation is said by whoever stands there', async () => {
  const { statements } = await reader.read({ text: 'Пхеньян запустил ракету в сторону Японского моря, сообщил Генштаб Южной Кореи.', language: 'ru', published: '2025-03-12' })
  expect(statements.map(({ speaker }) => speaker.country)).toEqual(['KOR'])
})
