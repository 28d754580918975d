import type { Awaited, Beside, Command, DialogRoom, EffectRunner, Feature, FreeText, Overheard } from './feature.js';
import type { PaperMaker } from './paper.js';

/** All features' commands, dialogs, effects and files by name. */
export interface Registry<Tx> {
  readonly commands: readonly Command<Tx>[];
  command(name: string): Command<Tx> | undefined;
  dialog(name: string): DialogRoom<Tx> | undefined;
  effect(type: string): EffectRunner<Tx>;
  paper(name: string): PaperMaker<Tx>;
  readonly freeText: readonly FreeText[];
  readonly groupText: readonly FreeText[];
  readonly beside: readonly Beside<Tx>[];
  readonly awaited: readonly Awaited<Tx>[];
  readonly overheard: readonly Overheard<Tx>[];
  /** The command that takes the codes of a kind. */
  readonly codes: ReadonlyMap<string, string>;
}

/** Puts the features together; two of one name are a programming error and said at start. */
export function createRegistry<Tx>(features: readonly Feature<Tx>[]): Registry<Tx> {
  const commands = features.flatMap((feature) => feature.commands);
  const byName = index(commands, ({ name }) => name);
  index(
    commands.flatMap(({ words }) => words),
    (word) => word,
  );
  const dialogs = index(
    features.flatMap((feature) => feature.dialogs),
    ({ name }) => name,
  );
  const effects = index(
    features.flatMap((feature) => feature.effects),
    ({ type }) => type,
  );
  const papers = index(
    features.flatMap((feature) => Object.entries(feature.papers ?? {})),
    ([name]) => name,
  );
  const codes = features.flatMap((feature) => Object.entries(feature.codes ?? {}));
  index(codes, ([kind]) => kind);
  return {
    commands,
    codes: new Map(codes),
    freeText: features.flatMap((feature) => feature.freeText ?? []),
    groupText: features.flatMap((feature) => feature.groupText ?? []),
    awaited: features.flatMap((feature) => feature.awaited ?? []),
    beside: features.flatMap((feature) => feature.beside ?? []),
    overheard: features.flatMap((feature) => feature.overheard ?? []),
    command: (name) => byName.get(name),
    dialog: (name) => dialogs.get(name),
    effect: (type) => {
      const runner = effects.get(type);
      if (!runner) throw new Error(`No feature runs effects of type ${type}`);
      return runner;
    },
    paper: (name) => {
      const [, make] = papers.get(name) ?? [];
      if (!make) throw new Error(`No feature makes a file called ${name}`);
      return make;
    },
  };
}

function index<Item>(items: readonly Item[], key: (item: Item) => string): Map<string, Item> {
  const map = new Map<string, Item>();
  for (const item of items) {
    if (map.has(key(item))) throw new Error(`${key(item)} is registered twice`);
    map.set(key(item), item);
  }
  return map;
}
