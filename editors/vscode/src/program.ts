/** Which program is the server, by the settings, and what to say if it does not start. */

import { execFile } from "node:child_process";

export interface Settings {
  path: string;
  interpreter: string;
  args: string[];
}

export interface Program {
  command: string;
  args: string[];
}

/** Values for `${workspaceFolder}`, `~` and `${env:NAME}`. */
export interface Places {
  folder: string | undefined;
  home: string;
  env: NodeJS.ProcessEnv;
}

/** The program of some settings; `then` is what follows, instead of the arguments of the settings. */
export function program(settings: Settings, places: Places, then: string[] = settings.args): Program {
  const filled = (text: string) => fill(text.trim(), places);
  if (settings.interpreter.trim()) {
    return { command: filled(settings.interpreter), args: ["-m", "fixer", ...then.map(filled)] };
  }
  return { command: filled(settings.path) || "cfnfix", args: then.map(filled) };
}

export function fill(text: string, { folder, home, env }: Places): string {
  return text
    .replace(/^~(?=$|[\\/])/, () => home)
    .replace(/\$\{workspaceFolder\}/g, (whole) => folder ?? whole)
    .replace(/\$\{env:([^}]+)\}/g, (_, name: string) => env[name] ?? "");
}

/** What is wrong with a program, in words for people; nothing if it starts. `cwd`: no folder of the user's, whose
 * modules a Python would take for its own. */
export function problem({ command, args }: Program, cwd: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(command, args, { cwd, timeout: 20_000, windowsHide: true }, (error, _, said) => {
      if (!error) {
        resolve(undefined);
      } else if (error.code === "ENOENT") {
        resolve(`${command} is not found. Install cfnfix, or say in the settings where it is.`);
      } else if (/No module named/.test(said)) {
        resolve(`cfnfix is not installed for ${command}. Install it there, or set another interpreter.`);
      } else {
        const last = said.trim().split("\n").pop();
        resolve(`${command} does not start: ${last || error.message}`);
      }
    });
  });
}
