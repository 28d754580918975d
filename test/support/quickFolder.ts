import { accessSync, constants, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';

const inMemory = '/dev/shm';
const room = 1024 ** 3;

/**
 * Where the files of tests are quickest: in memory, on a machine that has such a folder with a gigabyte to spare, since the data of a
 * test run may be lost with the machine.
 */
export const quickFolder: string = isRoomy(inMemory) ? inMemory : tmpdir();

function isRoomy(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    const { bavail, bsize } = statfsSync(path);
    return bavail * bsize > room;
  } catch {
    return false;
  }
}
