import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import type { Emulator, SdkConfig } from "./emulator";

/**
 * Credentials of another account, from STS in the region they are used in. The emulator asks no permission: any role of any account can
 * be assumed.
 */
export async function assumeRole(
  emulator: Emulator,
  roleArn: string,
  region: string,
): Promise<SdkConfig["credentials"]> {
  const sts = new STSClient(emulator.sdkConfig(region));
  try {
    const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: "emulator" }));
    if (Credentials?.AccessKeyId === undefined || Credentials.SecretAccessKey === undefined) {
      throw new Error(`assuming ${roleArn} gave no credentials`);
    }
    return {
      accessKeyId: Credentials.AccessKeyId,
      secretAccessKey: Credentials.SecretAccessKey,
      sessionToken: Credentials.SessionToken,
    };
  } finally {
    sts.destroy();
  }
}

/** Credentials for an account; undefined for the one everybody is in already. */
export async function credentialsFor(
  emulator: Emulator,
  account: string,
  region: string,
): Promise<SdkConfig["credentials"] | undefined> {
  if (account === emulator.account) return undefined;
  return assumeRole(emulator, `arn:aws:iam::${account}:role/emulator`, region);
}
