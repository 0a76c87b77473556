/** 2026-11-28 as 2026年11月28日. */
export const dayWords = (day: string): string => {
  const [year = '', month = '', date = ''] = day.split('-');
  return `${year}年${Number(month)}月${Number(date)}日`;
};
