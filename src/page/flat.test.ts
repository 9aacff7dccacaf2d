import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { loadPageKnowledge, type PageKnowledge } from '../knowledge/page.ts'
import { readPage } from './page.ts'

const knowledge: PageKnowledge = {
  ...loadPageKnowledge(join(fileURLToPath(import.meta.url), '../../..')),
  agencies: [
    { name: 'AFP', names: ['AFP', 'Agence France-Presse', 'وكالة فرانس برس', '法新社'] }, { name: 'Reuters', names: ['Reuters', 'رويترز', '路透社', 'Рейтер'] },
    { name: 'CNN', names: ['CNN'] }, { name: 'Xinhua', names: ['Xinhua', '新华社', 'Tân Hoa xã'] }, { name: 'TASS', names: ['TASS', 'ТАСС'] }, { name: 'TTXVN', names: ['TTXVN'] },
  ],
}
const read = async (...lines: string[]) => (await readPage({ text: lines.join('\n') }, knowledge)).article

describe('bare text that is nearly all story', () => {
  it('Arabic: byline with agencies, caption with credit, marks of furniture', async () => {
    const article = await read(
      'وصل وزير الزراعة إلى مدينة الميناء يوم الاثنين لبحث تصدير القمح مع نظيره.',
      'وقال الوزير بعد الاجتماع إن الجانبين اتفقا على زيادة الشحنات خلال العام المقبل بنسبة كبيرة.',
      'الوزيران (يمين) في قاعة الاجتماعات قبل بدء المحادثات. الصورة: وكالة فرانس برس',
      'ومن المقرر أن تعقد جولة ثانية من المحادثات في العاصمة خلال الشهر القادم بحسب بيان الوزارة.',
      'سامي حداد (وفقا لشبكة CNN ورويترز)', '[إعلان 3]', 'رابط المصدر', 'تعليق (4)',
    )
    expect(article).toMatchObject({ language: 'ar', direction: 'rtl', title: null, agencies: ['CNN', 'Reuters'], published: null })
    expect(article.byline).toContain('سامي حداد')
    expect(article.captions).toEqual([{ text: 'الوزيران (يمين) في قاعة الاجتماعات قبل بدء المحادثات.', credit: 'AFP' }])
    expect(article.furniture.map((item) => item.kind)).toEqual(['advertisement', 'source-link', 'comments'])
    expect(article.text.split('\n\n')).toHaveLength(3)
    expect(article.lead).toContain('وصل وزير الزراعة')
  })

  it('English: headline, byline, date line, dateline agency, related lines, tags', async () => {
    const article = await read(
      'Ministers agree to ship more grain through the strait', 'By Ada Quill', 'May 2, 2024',
      'HARBOUR TOWN, May 2 (Reuters) - Two farm ministers agreed on Thursday to ship more grain through the strait.',
      'The deal was reached after a night of talks in which both sides gave up earlier demands, officials said.',
      'Read more: Grain prices fall again', 'Advertisement', 'The first ships are to leave port next week, the ministers told a joint news conference.',
      '(Reporting by Ada Quill and Jo Lens; Editing by Sam Page)', 'Share this article', 'Tags: grain, shipping', 'Comments (12)', 'All rights reserved.',
    )
    expect(article).toMatchObject({ title: 'Ministers agree to ship more grain through the strait', byline: 'Ada Quill', published: '2024-05-02', agencies: ['Reuters'], language: 'en' })
    expect(article.furniture.map((item) => item.kind)).toEqual(['related', 'advertisement', 'share', 'tags', 'comments', 'legal'])
    expect(article.text.split('\n\n')).toHaveLength(4)
  })

  it('the words that say where a story is sent from may carry its day', async () => {
    const next = 'The deal was reached after a night of talks in which both sides gave up earlier demands.'
    const sent = (opening: string) => read('Ministers agree to ship more grain', `${opening}Ministers of two states agreed on Thursday to ship more grain through the strait, officials said.`, next)
    expect(await sent('Nairobi, 12 March 2019 (Reuters) - ')).toMatchObject({ published: '2019-03-12' })
    expect(await sent('NAIROBI, March 12, 2019 (AFP) — ')).toMatchObject({ published: '2019-03-12' })
    expect(await sent('The treaty of 8 August 2008 (signed in Nairobi) binds both. ')).toMatchObject({ published: null })
  })

  it('a line above the story that names its source or its section may carry its day', async () => {
    const story = ['Ministers of two states agreed on Thursday to ship more grain through the strait, officials said.', 'The deal was reached after a night of talks in which both sides gave up earlier demands.']
    expect(await read('Ministers agree to ship more grain', 'World | Trade | 2 May 2024', ...story)).toMatchObject({ published: '2024-05-02' })
    expect(await read('Ministers agree to ship more grain', 'Source: Reuters | 2024-05-02 10:33', ...story)).toMatchObject({ published: '2024-05-02' })
    expect(await read('Ministers agree to ship more grain', ...story, 'Read more: grain prices on 2 May 2019')).toMatchObject({ published: null })
  })

  it('Chinese: agency at the head, reporter in brackets, editor line', async () => {
    const article = await read(
      '两国部长就粮食运输举行会谈', '新华社海港城5月2日电（记者王小明）两国农业部长2日在海港城举行会谈，就扩大粮食运输达成一致。',
      '双方表示，将在今后一年内增加班轮数量，并简化通关手续，以降低运输成本。', '图为会谈现场。路透社', '来源：某日报', '责任编辑：李四', '评论(0)',
    )
    expect(article.language).toBe('zh')
    expect(article.title).toBe('两国部长就粮食运输举行会谈')
    expect(article.agencies).toContain('Xinhua')
    expect(article.byline).toContain('王小明')
    expect(article.furniture.map((item) => item.kind)).toEqual(expect.arrayContaining(['source-link', 'legal', 'comments']))
  })

  it('Russian, French, Spanish, Vietnamese: phrases of the page are set apart', async () => {
    const ru = await read('Министры договорились увеличить поставки зерна через пролив', 'ПОРТОВЫЙ, 2 мая — ТАСС. Министры двух стран договорились увеличить поставки зерна через пролив.', 'Стороны подпишут соглашение до конца месяца, сообщили журналистам после переговоров.', 'Читайте также: Цены на зерно снизились', 'Фото: ТАСС', 'Поделиться', 'Реклама')
    expect(ru).toMatchObject({ language: 'ru', agencies: ['TASS'] })
    expect(ru.furniture.map((item) => item.kind)).toEqual(['related', 'share', 'advertisement'])
    const fr = await read('Les deux ministres se sont rencontrés lundi dans la ville portuaire pour parler du blé.', 'Ils ont promis de doubler les livraisons avant la fin de l’année, selon un communiqué commun.', 'À lire aussi : Le prix du blé recule', 'Publicité', 'Crédit photo : AFP')
    expect(fr.language).toBe('fr')
    expect(fr.furniture.map((item) => item.kind)).toEqual(['related', 'advertisement'])
    expect(fr.captions.map((caption) => caption.credit)).toEqual(['AFP'])
    const es = await read('Los dos ministros se reunieron el lunes en la ciudad portuaria para hablar del trigo.', 'Prometieron duplicar los envíos antes de fin de año, según un comunicado conjunto.', 'Lea también: Baja el precio del trigo', 'Publicidad', 'Etiquetas: trigo, comercio')
    expect(es.furniture.map((item) => item.kind)).toEqual(['related', 'advertisement', 'tags'])
    const vi = await read('Hai bộ trưởng gặp nhau hôm thứ Hai tại thành phố cảng để bàn về xuất khẩu lúa mì.', 'Hai bên cam kết tăng gấp đôi lượng hàng trước cuối năm, theo một thông cáo chung.', 'Hai bộ trưởng tại phòng họp. Ảnh: Reuters', 'Minh Anh (Theo CNN, Reuters)', 'Quảng cáo', 'Bình luận (0)')
    expect(vi).toMatchObject({ language: 'vi', agencies: ['CNN', 'Reuters'], byline: 'Minh Anh (Theo CNN, Reuters)' })
    expect(vi.captions).toEqual([{ text: 'Hai bộ trưởng tại phòng họp.', credit: 'Reuters' }])
  })

  it('keeps every line of a story that has no furniture', async () => {
    const lines = ['The minister spoke first.', 'She said the harbour would open soon, and that nobody had asked for more than that.', 'What comes next', 'Her colleague from across the strait agreed with most of it.', '“We share the source of the river,” he said.', 'He said more ships would come.']
    expect((await read(...lines)).text.split('\n\n')).toEqual(lines)
  })

  it('joins lines wrapped at a fixed width', async () => {
    const article = await read('The two ministers met in the harbour town on Monday and spoke about', 'grain for two hours before they left for the capital, where a dinner was', 'waiting for them and their staff.', '', 'Nobody would say what had been agreed, but one official, who asked not to', 'be named, called the mood better than it had been for a long time in that', 'room, and said so twice.')
    expect(article.text.split('\n\n')).toHaveLength(2)
    expect(article.text).toContain('spoke about grain')
  })

  it('cuts the story out of a page of menus, rules and other stories', async () => {
    const menu = ['Home', 'World', 'Politics', 'Business', 'Sport', 'Opinion', 'Videos', 'Log in', 'Subscribe', 'Search']
    const story = ['HARBOUR TOWN — Two farm ministers agreed on Thursday to ship more grain through the strait, their offices said.', 'The first ships are to leave port next week, the ministers told a joint news conference after a night of talks.', 'Prices fell at once, and traders said they would fall further if the weather held through the month of May.']
    const article = await read(...menu, 'Ministers agree to ship more grain through the strait', 'May 2, 2024', ...story, 'Related stories', 'Rain in the hills', 'A new bridge opens', 'Comments (3)', ...menu, 'All rights reserved')
    expect(article.title).toBe('Ministers agree to ship more grain through the strait')
    expect(article.published).toBe('2024-05-02')
    expect(article.text.split('\n\n').slice(1)).toEqual(story)
    expect(article.furniture.map((item) => item.kind)).toEqual(expect.arrayContaining(['navigation', 'related', 'comments', 'legal']))
  })

  it('reads marks of pictures left out, and credits without a colon', async () => {
    const article = await read('两国部长在海港城举行会谈并达成一致。', '双方表示，将在今后一年内增加班轮数量，并简化通关手续，以降低运输成本。', '新华社记者李明摄', '[图片]', '分享到微信')
    expect(article.captions.map((caption) => caption.credit)).toEqual(['Xinhua'])
    expect(article.furniture.map((item) => item.kind)).toEqual(['navigation', 'share'])
    expect(article.text.split('\n\n')).toHaveLength(2)
  })
})
