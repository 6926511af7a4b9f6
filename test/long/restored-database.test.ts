/**
 * Proves, with Terraform and the embedded AWS, that a database is restored in the standby after its source was deleted. The replication
 * of its backups is forgotten, and a parameter keeps their ARN. The second apply sets the arguments that a restore ignores. Does not
 * prove how long AWS takes.
 */
import { CreateDBInstanceCommand, DeleteDBInstanceCommand, RDSClient } from "@aws-sdk/client-rds";
import { App, TerraformStack } from "cdktf";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Emulator, Terraform, TerraformStackRun } from "../../emulator";
import { SiteKey } from "../../modules/kms-keys";
import {
  AutomatedBackupsParameter,
  AutomatedBackupsReplication,
  DatabaseGroups,
  RestoredDatabase,
  SourceDatabase,
} from "../../modules/rds-read-replica";
import { Site } from "../../modules/site";
import { forget } from "../../stacks/stacks/forget";
import { ACCOUNT, createSubnets, hasTerraform, PATIENCE_MS, SEOUL, Subnets, TOKYO } from "../emulator/support";

const MINUTE = 60_000;
const LEDGER = { engine: "postgres", engineVersion: "16", instanceClass: "db.r6g.large" } as const;
const outdir = mkdtempSync(join(tmpdir(), "restored-"));

(hasTerraform() ? describe : describe.skip)("a database whose source was deleted", () => {
  let emulator: Emulator;
  let seoul: RDSClient;
  let subnets: Subnets;
  let terraform: Terraform;

  beforeAll(async () => {
    emulator = await Emulator.start();
    terraform = new Terraform(emulator);
    seoul = new RDSClient(emulator.sdkConfig(SEOUL));
    subnets = await createSubnets(emulator, TOKYO);
    await seoul.send(
      new CreateDBInstanceCommand({
        DBInstanceIdentifier: "ledger-seoul",
        DBInstanceClass: LEDGER.instanceClass,
        AllocatedStorage: 20,
        Engine: LEDGER.engine,
        EngineVersion: "16.4",
        MasterUsername: "dbadmin",
        MasterUserPassword: "secret123",
        BackupRetentionPeriod: 7,
        StorageEncrypted: true,
      }),
    );
  }, 4 * MINUTE);

  afterAll(async () => {
    seoul.destroy();
    await emulator.stop();
    rmSync(outdir, { recursive: true, force: true });
  }, PATIENCE_MS);

  test(
    "is restored from the copies in the standby",
    async () => {
      await (await synth(false)).apply();
      await seoul.send(new DeleteDBInstanceCommand({ DBInstanceIdentifier: "ledger-seoul", SkipFinalSnapshot: true }));
      const before = await synth(false);
      expect(await planned(before)).toEqual([
        "create aws_db_instance_automated_backups_replication",
        "update aws_ssm_parameter",
      ]);
      await expect(before.apply()).rejects.toThrow();

      const restored = await synth(true);
      expect(await planned(restored)).toEqual(["create aws_cloudwatch_log_group", "create aws_db_instance"]);
      await restored.apply();
      expect(await planned(restored)).toEqual(["update aws_db_instance"]);
      await restored.apply();
      expect(await planned(restored)).toEqual([]);
    },
    15 * MINUTE,
  );

  /** The actions of a plan for each type of resource. Forgetting a resource does not count as an action. */
  async function planned(stack: TerraformStackRun): Promise<string[]> {
    const actions = (await stack.plannedActions()).filter((action) => !/^(forget|remove) /.test(action));
    return [...new Set(actions.map((action) => action.replace(/\..*$/, "")))].sort();
  }

  /** The standby's stack, as it copies backups, or once it has taken over. */
  async function synth(promoted: boolean): Promise<TerraformStackRun> {
    const app = new App({ outdir });
    const site = new Site(new TerraformStack(app, "ledger-tokyo"), "Default", { region: TOKYO, account: ACCOUNT });
    const { kmsKeyArn } = new SiteKey(site, "Key", { alias: "ledger-tokyo" });
    const groups = new DatabaseGroups(site, "Groups", { ...LEDGER, ...subnets, name: "ledger" });
    const source = SourceDatabase.refOf({ identifier: "ledger-seoul", region: SEOUL, account: ACCOUNT });
    const backups = new AutomatedBackupsReplication(site, "Backups", { source, kmsKeyArn });
    if (promoted) forget(backups);
    const { automatedBackupsArn } = new AutomatedBackupsParameter(site, "BackupsArn", {
      name: "/ledger/backups",
      backups: promoted ? undefined : backups,
    });
    if (promoted) {
      const how = {
        upgrades: { applyImmediately: true },
        monitoring: { intervalSeconds: 0 },
        maintenanceWindow: "sun:20:00-sun:21:00",
      } as const;
      new RestoredDatabase(site, "Ledger", {
        ...LEDGER,
        ...how,
        identifier: "ledger-tokyo",
        kmsKeyArn,
        groups,
        automatedBackupsArn,
      });
    }
    app.synth();
    return terraform.stack(join(outdir, "stacks", "ledger-tokyo"));
  }
});
