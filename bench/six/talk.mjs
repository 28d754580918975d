/** What a resident writes from the first word to the last: the call, six answers, and yes to the read-back. Both sides understand it. */
export const talk = ['/six', '王芳', '2', '3', '1', '2026-08-01', '花生过敏，做饭的事请别叫我', '1'];
