/**
 * Proves what a source database refuses for itself; what every instance refuses is in the settings' test.
 */
import { TerraformStack, Testing } from "cdktf";
import { RefusalCode } from "../../modules/core";
import { DatabaseGroups, MasterUserSecret, SourceDatabase, SourceDatabaseProps } from "../../modules/rds-read-replica";
import { Site } from "../../modules/site";
import { KEY, NETWORK, SOURCE } from "../support/rds";
import { expectRefusal, expectRefusalInSite, SEOUL, TOKYO } from "../support/synth";

function groupsIn(site: Site, engineVersion = "16"): DatabaseGroups {
  return new DatabaseGroups(site, "Groups", { ...NETWORK, engine: "postgres", engineVersion, name: "groups" });
}

describe("SourceDatabase fails", () => {
  test.each<[Partial<SourceDatabaseProps>, RefusalCode, string | RegExp]>([
    [
      { backups: { retentionDays: 0 } },
      "BackupsOff",
      "'backups.retentionDays' must be 1 to 35, got 0, which switches automated backups off",
    ],
    [{ kmsKeyArn: KEY.tokyo }, "KeyInOtherRegion", "'kmsKeyArn' is in 'ap-northeast-1', the site is 'ap-northeast-2'"],
    [{ databaseName: "1st" }, "InvalidName", /^'databaseName' is not a valid database name, got '1st'/],
    [{ username: "admin" }, "InvalidName", "'username' is reserved by PostgreSQL on RDS, got 'admin'"],
    [
      { engine: "mysql", engineVersion: "8.4", username: "RdsAdmin" },
      "InvalidName",
      "'username' is reserved by MySQL on RDS, got 'RdsAdmin'",
    ],
    [
      { manageMasterUserPassword: true, passwordVersion: 2 },
      "ConflictingSettings",
      "'passwordVersion' belongs to an own secret, and 'manageMasterUserPassword' is given",
    ],
    [
      { manageMasterUserPassword: true, secretReplicas: {} },
      "ConflictingSettings",
      "'secretReplicas' belongs to an own secret, and 'manageMasterUserPassword' is given",
    ],
  ])("with %j", (props, code, problem) => {
    expectRefusalInSite(
      (site) => new SourceDatabase(site, "Ledger", { ...SOURCE, ...props }),
      code,
      problem,
      "stack/Site/Ledger",
    );
  });

  test.each<[Partial<SourceDatabaseProps>, string]>([
    [{ manageMasterUserPassword: true }, "'manageMasterUserPassword' and 'masterUserSecret' are both given"],
    [{ passwordVersion: 2 }, "'passwordVersion' belongs to an own secret, and 'masterUserSecret' is given"],
    [{ username: "boss" }, "'username' is given, and 'masterUserSecret' names one"],
  ])("with a secret and %j", (props, problem) => {
    expectRefusalInSite(
      (site) => {
        const masterUserSecret = new MasterUserSecret(site, "Master", {
          kmsKeyArn: KEY.seoul,
          name: "s",
          username: "u",
        });
        return new SourceDatabase(site, "Ledger", { ...SOURCE, masterUserSecret, ...props });
      },
      "ConflictingSettings",
      problem,
      "stack/Site/Ledger",
    );
  });

  test("when secret or groups are in another site", () => {
    const stack = new TerraformStack(Testing.app(), "stack");
    const [seoul, tokyo] = [new Site(stack, "Seoul", SEOUL), new Site(stack, "Tokyo", TOKYO)];
    const masterUserSecret = new MasterUserSecret(tokyo, "Master", { kmsKeyArn: KEY.tokyo, name: "s", username: "u" });
    expectRefusal(
      () => new SourceDatabase(seoul, "One", { ...SOURCE, masterUserSecret }),
      "WrongSite",
      "'masterUserSecret' is in stack/Tokyo, the site is stack/Seoul",
      "stack/Seoul/One",
    );
    expectRefusal(
      () => new SourceDatabase(seoul, "Two", { ...SOURCE, groupSettings: undefined, groups: groupsIn(tokyo) }),
      "WrongSite",
      "'groups' is in stack/Tokyo, the site is stack/Seoul",
      "stack/Seoul/Two",
    );
  });

  test("when the identifier is taken", () => {
    const site = new Site(new TerraformStack(Testing.app(), "stack"), "Seoul", SEOUL);
    new SourceDatabase(site, "One", SOURCE);
    expectRefusal(
      () => new SourceDatabase(site, "Two", SOURCE),
      "NameTaken",
      "the DB instance identifier 'ledger-seoul' is already taken by stack/Seoul/One",
      "stack/Seoul/Two",
    );
  });

  test("before anything is made", () => {
    const site = new Site(new TerraformStack(Testing.app(), "stack"), "Seoul", SEOUL);
    expectRefusal(
      () => new SourceDatabase(site, "Ledger", { ...SOURCE, storageGiB: 19 }),
      "SettingOutOfRange",
      "'storageGiB' must be a whole number from 20 to 65536, got 19",
    );
    expect(site.node.findChild("Ledger").node.children).toEqual([]);
  });
});
