export type Language = 'zh' | 'en';

/** [Chinese, English] in pairs, so that neither can be forgotten. */
export const words = {
  title: ['电子封条报警', 'Electronic seal alarm'],
  loading: ['正在载入…', 'Loading…'],
  other: ['English', '中文'],
  where: ['地点', 'Where'],
  erased: ['地址信息已删除，请查案号', 'The address was erased; look up the case'],
  when: ['时间', 'When'],
  caseNumber: ['案号', 'Case'],
  seal: ['封条号', 'Seal'],
  level: ['级别', 'Level'],
  state: ['现场', 'At the door'],
  level0: ['记录', 'Record'],
  level1: ['一级 注意', 'Level 1, notice'],
  level2: ['二级 警告', 'Level 2, warning'],
  level3: ['三级 严重', 'Level 3, critical'],
  level4: ['四级 生命危险', 'Level 4, life at risk'],
  active: ['仍在触发', 'Still active'],
  cleared: ['已恢复', 'Cleared'],
  beijing: ['{time}（北京时间，{ago}）', '{time} Beijing time, {ago}'],
  justNow: ['刚刚', 'just now'],
  minutesAgo: ['{n} 分钟前', '{n} min ago'],
  hoursAgo: ['{n} 小时前', '{n} h ago'],
  pictures: ['现场照片（点按放大）', 'Pictures (tap to enlarge)'],
  noPictures: ['照片还没有到，会自动显示。', 'No picture yet. It will appear by itself.'],
  pictureAlt: ['现场照片 {n}', 'Picture {n}'],
  pictureBroken: ['照片没有载入，点按重试', 'Not loaded. Tap to try again'],
  recorded: ['每次查看照片都会记录。', 'Every view of a picture is recorded.'],
  close: ['关闭', 'Close'],
  hold: ['按住 1 秒确认', 'Hold 1 second to acknowledge'],
  holding: ['继续按住…', 'Keep holding…'],
  again: ['再按一次以确认', 'Activate once more to acknowledge'],
  holdNote: ['确认表示您已知晓并会处理，重复通知随即停止。', 'Acknowledging means you know and will act. The repeats stop.'],
  sending: ['正在发送…', 'Sending…'],
  retrying: ['网络不好，正在重试（第 {n} 次）…', 'Poor network, trying again ({n})…'],
  ackFailed: ['没有送达，请再按一次，或打电话给值班室。', 'It did not arrive. Hold again, or call the duty desk.'],
  ackRefused: ['此链接不能确认报警。', 'This link may not acknowledge.'],
  ackConflict: ['报警已由他人处理完毕。', 'Somebody has closed the alarm already.'],
  acknowledged: ['已确认', 'Acknowledged'],
  acknowledgedBy: ['{who} 已确认', 'Acknowledged by {who}'],
  acknowledgedNote: ['重复通知已停止。', 'The repeated warnings have stopped.'],
  closed: ['报警已处置完毕', 'The alarm has been closed'],
  call: ['打电话给值班室', 'Call the duty desk'],
  goneTitle: ['链接已失效', 'This link is no longer valid'],
  goneNote: ['链接可能已过期，或地址不完整。请从最新一条短信打开，或打电话给法院。', 'It may have expired, or the address is incomplete. Open the latest message, or call the court.'],
  offlineTitle: ['连不上法院服务器', 'The court cannot be reached'],
  offlineNote: ['多为手机信号不好。{n} 秒后自动重试。', 'Usually the phone has no signal. Trying again in {n} s.'],
  stale: ['网络中断，显示的是 {time} 的内容', 'No network: as of {time}'],
  retry: ['立即重试', 'Try now'],
} as const satisfies Record<string, readonly [zh: string, en: string]>;

export type Word = keyof typeof words;

export function say(language: Language, word: Word, values: Record<string, string | number> = {}): string {
  return words[word][language === 'zh' ? 0 : 1].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** The browser's first language that we speak, else Chinese. */
export function browserLanguage(tags: readonly string[]): Language {
  const first = tags.find((tag) => /^(zh|en)\b/i.test(tag));
  return first && /^en/i.test(first) ? 'en' : 'zh';
}

const beijing = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Shanghai', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23',
});

/** 2026-01-05 13:07:09 in Beijing. */
export const beijingTime = (time: string | number): string => beijing.format(new Date(time)).replace(',', '');

export function ago(language: Language, then: string, now: number): string {
  const minutes = Math.floor((now - Date.parse(then)) / 60_000);
  if (minutes < 1) return say(language, 'justNow');
  return minutes < 60 ? say(language, 'minutesAgo', { n: minutes }) : say(language, 'hoursAgo', { n: Math.floor(minutes / 60) });
}
