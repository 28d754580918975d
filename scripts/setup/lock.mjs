import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const betweenTries = 200; // ms
const triesUnsaid = 10;

/**
 * Does `work` while holding the lock folder, so that two starts of one checkout prepare it one after the other.
 * The lock of a process that is gone is taken over. `onWait` is called once when somebody else holds it for more than a look at what is
 * there takes, `onForbidden` when this user may not write there: then nothing could be prepared either.
 */
export async function withLock(lock, { onWait, onForbidden }, work) {
  try {
    mkdirSync(dirname(lock), { recursive: true });
    for (let tries = 1; !take(lock); tries += 1) {
      if (tries === triesUnsaid) onWait();
      await pause(betweenTries);
    }
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes(error.code)) throw error;
    return onForbidden();
  }
  const release = () => rmSync(lock, { recursive: true, force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.off('exit', release);
    release();
  }
}

function take(lock) {
  // Born with its owner inside and then renamed, the lock is never seen without an owner.
  const mine = mkdtempSync(`${lock}-`);
  writeFileSync(join(mine, 'pid'), String(process.pid));
  try {
    const gone = ownerIfGone(lock);
    if (gone !== undefined) clear(lock, gone);
    renameSync(mine, lock);
    return true;
  } catch (error) {
    rmSync(mine, { recursive: true, force: true });
    // EPERM: how Windows says that the folder is there.
    if (['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(error.code)) return false;
    throw error;
  }
}

// Two may find the same dead owner; the one who comes later must not throw out the lock that the first has just taken.
function clear(lock, gone) {
  const aside = `${lock}-${process.pid}-gone`;
  try {
    renameSync(lock, aside);
  } catch {
    return;
  }
  if (ownerOf(aside) === gone) rmSync(aside, { recursive: true, force: true });
  else renameSync(aside, lock);
}

function ownerIfGone(lock) {
  const pid = ownerOf(lock);
  if (pid === undefined) return undefined;
  // In a container that was killed, the next process may well get the same id.
  if (pid === process.pid) return pid;
  try {
    process.kill(pid, 0);
    return undefined;
  } catch (error) {
    return error.code === 'ESRCH' ? pid : undefined;
  }
}

function ownerOf(lock) {
  try {
    return Number(readFileSync(join(lock, 'pid'), 'utf8'));
  } catch {
    return undefined;
  }
}
