/** Whether a text means to be a CloudFormation template, by the signs that the server goes by. */
export function isTemplate(text: string): boolean {
  return text.length <= MOST_CHARACTERS && text.includes("Resources") && SIGN.test(text);
}

const SIGN = /AWSTemplateFormatVersion|\bType["']?\s*:\s*["']?(?:AWS|Alexa|Custom)::/;

/** More than any template may have (1 MB): such a file is something else. */
const MOST_CHARACTERS = 2_000_000;
