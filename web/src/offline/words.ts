/** Every Chinese word of what waits on this device, as the frame of every page says it. */
export const words = {
  signOut: '登出',
  leaveTitle: '登出前还有没发出的操作',
  leave: (n: number) => `本机有${n}项操作还没有发到服务器。登出会清空本机，它们就丢了。`,
  stay: '先不登出',
  leaveAnyway: '丢弃并登出',
  notOut: '没有连上服务器，登录还在。请联网后再登出。',
  waiting: (n: number) => `待发送${n}项`,
  toDesk: '到值守台发送',
  afterSignIn: (n: number, name: string) =>
    `登录已失效，本机还有${n}项操作没有发出。${name === '' ? '' : `${name}`}登录后自动补发，不会丢。`,
} as const;
