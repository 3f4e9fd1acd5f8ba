import { readFile, writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { AppManifestUtils, type TeamsManifestV1D19 } from '@microsoft/app-manifest';
import { zipSync } from 'fflate';
import { z } from 'zod';

type Manifest = TeamsManifestV1D19.TeamsManifestV1D19;

const settings = z.object({
  TEAMS_APP_ID: z.guid({
    error: ({ input }) =>
      input === undefined
        ? 'is missing: it is the "Application (client) ID" of the app registration'
        : 'must be the "Application (client) ID", like 11111111-2222-3333-4444-555555555555',
  }),
  BASE_URL: z.url({
    protocol: /^https$/,
    error: ({ input }) =>
      input === undefined
        ? 'is missing: it is how usher is reached, like https://usher.example.com'
        : 'must begin with https://: Teams reaches usher in no other way',
  }),
});

/** What `npm run teams:package` writes, in the directory it is run in. */
export const packageName = 'usher-teams.zip';

/**
 * The app package that a Teams admin uploads: the manifest with this bot's id and address, and the icons. The same
 * settings give the same bytes. Rejects with every problem by name when settings are missing or Teams would refuse the manifest.
 */
export async function packageApp(env: NodeJS.ProcessEnv): Promise<Uint8Array> {
  const { appId, baseUrl } = readSettings(env);
  const manifest = fillIn(JSON.parse((await readBeside('manifest.json')).toString()), appId, baseUrl);
  const problems = await AppManifestUtils.validateAgainstSchema(manifest);
  if (problems.length > 0) {
    throw new Error(`Teams would refuse adapters/teams/manifest.json:\n  ${problems.join('\n  ')}`);
  }
  const { color, outline } = manifest.icons;
  const files = {
    'manifest.json': Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`),
    [color]: await readBeside(color),
    [outline]: await readBeside(outline),
  };
  return zipSync(files, { mtime: new Date(2000, 0, 1) });
}

function readSettings(env: NodeJS.ProcessEnv): { appId: string; baseUrl: string } {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const result = settings.safeParse(given);
  if (!result.success) {
    const lines = result.error.issues.map(({ path, message }) => `  ${String(path[0])}: ${message}`);
    throw new Error(`usher cannot make its Teams app with these settings:\n${lines.join('\n')}`);
  }
  const { origin, pathname } = new URL(result.data.BASE_URL);
  return { appId: result.data.TEAMS_APP_ID, baseUrl: `${origin}${pathname}`.replace(/\/+$/, '') };
}

/** The app has the id of its bot; links to this usher get its address, links to other places stay as they are. */
function fillIn(manifest: Manifest, appId: string, baseUrl: string): Manifest {
  const here = (url: string) => url.replace('https://YOUR-HOST', () => baseUrl);
  const { websiteUrl, privacyUrl, termsOfUseUrl } = manifest.developer;
  return {
    ...manifest,
    id: appId,
    developer: {
      ...manifest.developer,
      websiteUrl: here(websiteUrl),
      privacyUrl: here(privacyUrl),
      termsOfUseUrl: here(termsOfUseUrl),
    },
    bots: (manifest.bots ?? []).map((bot) => ({ ...bot, botId: appId })),
  };
}

function readBeside(name: string): Promise<Buffer> {
  return readFile(new URL(name, import.meta.url));
}

// `npm run teams:package`. It starts nothing of usher, so it reads its two settings itself.
if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    await writeFile(packageName, await packageApp(process.env));
    console.log(
      `Now upload ${packageName} at https://admin.teams.microsoft.com: Teams apps, Manage apps, Actions, Upload new app.`,
    );
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
