// The direction of imports. `arrows` is the plan of the house (docs/architecture.md) as data; test/architecture.test.ts runs these rules too.

/** Which rooms of src/ a room may import. A room that does not stand here may import nothing, and nobody may import it. */
const arrows = {
  chat: [],
  dialog: ['chat'],
  command: ['chat', 'dialog'],
  i18n: [],
  understand: [],
  seal: [],
  papers: [],
  events: [],
  storage: ['seal'],
  // Who keeps sealed rows names the sealer.
  delivery: ['chat', 'storage', 'seal'],
  schedule: ['storage', 'seal'],
  people: ['storage', 'seal'],
  programme: ['people', 'storage'],
  turn: ['chat', 'dialog', 'command', 'people', 'delivery', 'events', 'storage', 'seal'],
  features: [
    'people',
    'programme',
    'chat',
    'dialog',
    'command',
    'i18n',
    'understand',
    'papers',
    'events',
    'schedule',
    'storage',
    'delivery',
  ],
  adapters: ['chat'],
  server: ['chat'],
};

const rooms = Object.keys(arrows);
const inRooms = (names) => `^src/(${names.join('|')})/`;

const perRoom = rooms.map((room) => ({
  name: `room-${room}`,
  comment: `${room}/ may import ${arrows[room].join(', ') || 'no other room'}.`,
  severity: 'error',
  from: { path: inRooms([room]) },
  // Every room may log.
  to: { path: '^src/', pathNot: [inRooms([room, ...arrows[room]]), '^src/log\\.ts$'] },
}));

/** What the rooms of signing up may import besides themselves: what is shown and how a place goes know nothing of who asks for it. */
const signupArrows = {
  words: [],
  places: ['words'],
  residents: ['words', 'places'],
  form: ['words', 'places'],
  talk: ['words', 'places', 'residents', 'form'],
  group: ['words', 'places', 'residents', 'talk'],
  staff: ['words', 'places', 'residents', 'form'],
};

const inSignup = (names) => `^src/features/signup/(${names.join('|')})/`;

const perSignupRoom = Object.entries(signupArrows).map(([room, others]) => ({
  name: `signup-${room}`,
  comment: `signup/${room}/ may import ${others.join(', ') || 'no other room'} of signing up.`,
  severity: 'error',
  from: { path: inSignup([room]) },
  to: { path: '^src/features/signup/', pathNot: inSignup([room, ...others]) },
}));

const rules = [
  {
    name: 'no-circular',
    comment: 'Two files that import each other are one file, or miss a third.',
    from: { pathNot: '^src/storage/generated/' },
    to: { circular: true },
  },
  {
    name: 'room-unknown',
    comment: 'A new room needs its line in the arrows.',
    from: { path: '^src/[^/]+/', pathNot: inRooms(rooms) },
    to: {},
  },
  {
    name: 'room-unknown-imported',
    comment: 'A new room needs its line in the arrows.',
    from: {},
    to: { path: '^src/[^/]+/', pathNot: inRooms(rooms) },
  },
  {
    name: 'features-apart',
    comment: 'What one feature must tell another is a domain event.',
    from: { path: '^src/features/([^/]+)/' },
    to: { path: '^src/features/', pathNot: '^src/features/$1/' },
  },
  {
    name: 'adapters-apart',
    comment: 'Platforms know nothing of each other.',
    from: { path: '^src/adapters/([^/]+)/' },
    to: { path: '^src/adapters/', pathNot: '^src/adapters/$1/' },
  },
  {
    name: 'app-without-network',
    comment: 'app.ts is what tests drive: no adapter, no server, no configuration.',
    from: { path: '^src/app\\.ts$' },
    to: { path: ['^src/(adapters|server)/', '^src/config\\.ts$', '^src/main\\.ts$'] },
  },
  {
    name: 'config-alone',
    comment: 'config.ts needs the languages and nothing else.',
    from: { path: '^src/config\\.ts$' },
    to: { path: '^src/', pathNot: inRooms(['i18n']) },
  },
  {
    name: 'prisma-in-stores',
    comment: 'Only storage/, turn/, delivery/, schedule/ and stores speak to Prisma.',
    from: {
      path: '^src/',
      pathNot: ['^src/(storage|turn|delivery|schedule)/', '^src/features/[^/]+/store\\.ts$', '^src/people/.*/?store[^/]*\\.ts$'],
    },
    to: { path: ['^src/storage/generated/', '(^|/)node_modules/(@prisma|@libsql|prisma)/', '^(@prisma/|@libsql/|prisma$)'] },
  },
  {
    name: 'bots-in-adapters',
    comment: 'Only an adapter knows its platform.',
    from: { path: '^src/', pathNot: '^src/adapters/' },
    to: { path: '(^|/)(grammy|@grammyjs|telegraf|wechaty|wechaty-puppet|wechaty-puppet-service|file-box)(/|$)' },
  },
  {
    name: 'http-in-server',
    comment: 'Adapters return routes in the words of fetch; only server/ knows the library.',
    from: { path: '^src/', pathNot: '^src/server/' },
    to: { path: ['(^|/)node_modules/(fastify|@fastify)/', '^@?fastify(/|$)', '^(node:)?https?$'] },
  },
  {
    name: 'pure-rooms',
    comment: 'chat/, dialog/, command/, understand/, events/ and rules compute; they touch no process, disk, network or timer.',
    from: {
      path: [
        '^src/(chat|dialog|command|understand|events)/',
        '^src/features/[^/]+/rules[^/]*\\.ts$',
        '^src/programme/(ages|clocks|places|view)\\.ts$',
      ],
    },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'papers-lazy',
    comment: 'What draws is large: it is loaded when the first paper is made, so papers/ imports it with import() or as types.',
    from: { path: '^src/papers/' },
    to: { pathNot: '^src/', dynamic: false, dependencyTypesNot: ['core', 'type-only'] },
  },
  {
    name: 'resolvable',
    comment: 'An import that is not found hides what stands behind it from these rules. (A page imports what its server serves.)',
    from: { pathNot: '^src/adapters/[^/]+/page/' },
    to: { couldNotResolve: true },
  },
].map((rule) => ({ severity: 'error', ...rule }));

module.exports = {
  forbidden: [...perRoom, ...perSignupRoom, ...rules],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    moduleSystems: ['es6', 'cjs'],
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
