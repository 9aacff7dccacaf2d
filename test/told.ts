/** Texts of our own on one public event, the telephone call of Joe Biden and Xi Jinping on 2 April 2024: as either side could publish it, and as third parties report it. */
import type { PageInput } from '../src/model/index.ts'

const text = (...paragraphs: readonly string[]): string => paragraphs.join('\n\n')

/** The American side, in English. */
export const WASHINGTON: PageInput = {
  url: 'https://www.whitehouse.gov/briefing-room/readout-of-a-call', published: '2024-04-02', language: 'en',
  text: text(
    'Readout of a call of President Biden with President Xi',
    'President Joe Biden spoke by telephone today with President Xi Jinping of China.',
    'President Biden raised concerns over China\'s support for the Russian defence industry. He warned Xi Jinping that the war in Ukraine threatens European security. President Biden stressed the importance of peace in the Taiwan Strait.',
    'President Biden said that the United States wants the complete denuclearisation of North Korea.',
    'The two leaders welcomed the planned visit of Treasury Secretary Janet Yellen to China.',
  ),
}

/** The Chinese side, in Chinese. */
export const BEIJING: PageInput = {
  url: 'https://www.fmprc.gov.cn/zyxw/202404/t20240402.shtml', published: '2024-04-02', language: 'zh',
  text: text(
    '习近平同美国总统拜登通电话',
    '4月2日晚，国家主席习近平同美国总统拜登通电话。',
    '习近平表示，台湾问题是中美关系第一条不可逾越的红线。习近平批评美国对中国采取经贸科技打压措施。',
    '习近平要求美国停止制裁中国企业。拜登表示，美国不支持“台湾独立”。',
  ),
}

/** A third party, in Arabic, a day later. */
export const CAIRO: PageInput = {
  url: 'https://akhbar.example/dunya/1', published: '2024-04-03', language: 'ar',
  text: text(
    'بايدن وشي يبحثان تايوان في مكالمة هاتفية',
    'أجرى الرئيس الأمريكي جو بايدن مكالمة هاتفية مع الرئيس الصيني شي جين بينغ في 2 أبريل/نيسان 2024.',
    'وقال البيت الأبيض إن الزعيمين ناقشا الحرب في أوكرانيا. وانتقدت الصين العقوبات الأمريكية.',
  ),
}

/** A third party, in Russian, looking back. */
export const ALMATY: PageInput = {
  url: 'https://novosti.example/2024/06/10', published: '2024-06-10', language: 'ru',
  text: text(
    'Госсекретарь США посетил Пекин',
    'Энтони Блинкен в понедельник посетил Китай и встретился с Ван И.',
    'Джо Байден и Си Цзиньпин провели телефонный разговор 2 апреля 2024 года.',
  ),
}

/** Another call of the same two, two years before, in English. */
export const BEFORE: PageInput = {
  url: 'https://wire.example/2022/03/18', published: '2022-03-18', language: 'en',
  text: text('Biden and Xi speak by phone', 'US President Joe Biden spoke by telephone with Chinese President Xi Jinping on Friday. They discussed Ukraine.'),
}
