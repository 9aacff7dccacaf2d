/** Subscribing to feeds, and the list of those that are watched. */
import { watchedFeeds } from '../api/watched.ts'
import { attributes, foreign, html, type Html, plain } from './html.ts'
import { at, posting, type View } from './view.ts'

/** The part of the page for adding that is about feeds. */
export async function watchedPart(view: View): Promise<Html> {
  const { w } = view
  const feeds = await watchedFeeds(view.desk)
  const minute = (instant: string): string => instant.slice(0, 16).replace('T', ' ')
  const list = feeds.length === 0 ? '' : html`<h3>${w.watched}</h3><ul class="plain">${feeds.map(({ url, paused, nextDue, lastError }) => html`<li>${foreign(url)} <span class="small">${paused ? '–' : html`${w['next-look']} <time dir="ltr"${attributes({ datetime: nextDue })}>${minute(nextDue)} UTC</time>`}${lastError === null ? '' : html` · <bdi lang="en" dir="ltr">${plain(lastError)}</bdi>`}</span>
${view.mayAdd ? html` <form class="inline" action="${at(view, '/add/feeds')}" method="post"><input type="hidden" name="action" value="delete"><input type="hidden" name="address" value="${url}">${posting(view)}<button aria-label="${w.delete}: ${plain(url)}">${w.delete}</button></form>` : ''}</li>`)}</ul>`
  return html`<section class="feeds"><h2>${w.subscribe}</h2><p class="small">${w['watched-lead']}</p>
${view.mayAdd ? html`<form class="add" action="${at(view, '/add/feeds')}" method="post"><input type="hidden" name="action" value="subscribe"><label><span>${w['feed-address']}</span><input name="address" type="url" dir="ltr" required maxlength="2000" placeholder="https://"></label>${posting(view)}<button>${w.subscribe}</button></form>` : ''}${list}</section>`
}
