import { aboutOf } from './moments.js';
import { clausesOf, isMarked } from './turns.js';
import type { About } from './types.js';

const off =
  /不上了|不办了|停课|停办|取消了|取消[。.!！\s]*$|(?<![前请以能可时])取消(?=[，,。；;])|(?:延期|推迟|延后|暂停)(?:举[办行]|上课)?了?(?=[，,。；;.!！\s]|$)|延期(?:到|至)?(?:待定|另行通知)|要取消|得取消|改期|(?:is|are) (?:off|cancelled|postponed)/iu;
const longest = 80;

/** Whether a line says that something will not be, or not then: `明天沙尘，美术课不上了`, `通知：8月1日的美术课取消`. */
export const callsOff = (text: string): boolean => text.length <= longest && !isMarked(text) && off.test(text);

/** Which event and which meeting of it such a line is about. */
export function readCallOff(text: string): { readonly about: About; readonly title: string } {
  return aboutOf(clausesOf(text).map((clause) => clause.text.replace(off, ' ')));
}
