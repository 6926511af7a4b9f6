import { askRest } from "../../emulator";
import { ACCOUNT, PATIENCE_MS, startedEmulator, TOKYO } from "./support";

jest.setTimeout(PATIENCE_MS);

const emulator = startedEmulator();

const call = (service: string, method: string, path: string, body?: unknown) =>
  askRest(emulator.current, `${TOKYO}/${service}`, method, path, body);

describe("AWS Backup", () => {
  test("keeps selections by plan", async () => {
    const BackupSelection = { SelectionName: "databases", IamRoleArn: "arn:role", Resources: ["*"] };
    const [, created] = await call("backup", "PUT", "/backup/plans/plan-1/selections/", { BackupSelection });
    const { SelectionId } = created as { SelectionId: string };
    const path = `/backup/plans/plan-1/selections/${SelectionId}`;
    expect(await call("backup", "GET", path)).toEqual([
      200,
      expect.objectContaining({ SelectionId, BackupPlanId: "plan-1", BackupSelection }),
    ]);
    await call("backup", "DELETE", path);
    expect((await call("backup", "GET", path))[0]).toBe(400);
  });

  test("keeps the access policy of a vault", async () => {
    const path = "/backup-vaults/standby/access-policy";
    expect((await call("backup", "GET", path))[0]).toBe(400);
    await call("backup", "PUT", path, { Policy: "{}" });
    expect(await call("backup", "GET", path)).toEqual([
      200,
      {
        BackupVaultName: "standby",
        BackupVaultArn: `arn:aws:backup:${TOKYO}:${ACCOUNT}:backup-vault:standby`,
        Policy: "{}",
      },
    ]);
  });

  test("describes an air-gapped vault as one", async () => {
    await call("backup", "PUT", "/logically-air-gapped-backup-vaults/gap", {
      MinRetentionDays: 7,
      MaxRetentionDays: 30,
    });
    expect(await call("backup", "GET", "/backup-vaults/gap")).toEqual([
      200,
      expect.objectContaining({ VaultType: "LOGICALLY_AIR_GAPPED_BACKUP_VAULT", Locked: true, MinRetentionDays: 7 }),
    ]);
  });

  test("keeps an audit framework", async () => {
    const FrameworkControls = [{ ControlName: "BACKUP_RECOVERY_POINT_ENCRYPTED" }];
    await call("backup", "POST", "/audit/frameworks", { FrameworkName: "audit", FrameworkControls });
    expect(await call("backup", "GET", "/audit/frameworks/audit")).toEqual([
      200,
      expect.objectContaining({ FrameworkName: "audit", FrameworkControls, DeploymentStatus: "COMPLETED" }),
    ]);
  });

  test("keeps a restore testing plan and its selection", async () => {
    const RestoreTestingPlan = {
      RestoreTestingPlanName: "weekly",
      ScheduleExpression: "cron(0 12 ? * SUN *)",
      RecoveryPointSelection: {
        Algorithm: "LATEST_WITHIN_WINDOW",
        IncludeVaults: ["*"],
        RecoveryPointTypes: ["SNAPSHOT"],
      },
    };
    expect((await call("backup", "PUT", "/restore-testing/plans", { RestoreTestingPlan }))[0]).toBe(201);
    const RestoreTestingSelection = {
      RestoreTestingSelectionName: "rds",
      ProtectedResourceType: "RDS",
      IamRoleArn: "arn:role",
    };
    const selections = "/restore-testing/plans/weekly/selections";
    expect((await call("backup", "PUT", selections, { RestoreTestingSelection }))[0]).toBe(201);
    expect(await call("backup", "GET", `${selections}/rds`)).toEqual([
      200,
      {
        RestoreTestingSelection: expect.objectContaining({
          ...RestoreTestingSelection,
          RestoreTestingPlanName: "weekly",
        }) as unknown,
      },
    ]);
  });
});

describe("Data Lifecycle Manager", () => {
  test("keeps a policy with its tags", async () => {
    const asked = {
      ExecutionRoleArn: "arn:role",
      Description: "x",
      State: "ENABLED",
      PolicyDetails: {},
      Tags: { dr: "yes" },
    };
    const [, created] = await call("dlm", "POST", "/policies", asked);
    const { PolicyId } = created as { PolicyId: string };
    const PolicyArn = `arn:aws:dlm:${TOKYO}:${ACCOUNT}:policy/${PolicyId}`;
    expect(await call("dlm", "GET", `/policies/${PolicyId}`)).toEqual([
      200,
      { Policy: expect.objectContaining({ ...asked, PolicyId, PolicyArn }) as unknown },
    ]);
    await call("dlm", "DELETE", `/policies/${PolicyId}`);
    expect((await call("dlm", "GET", `/policies/${PolicyId}`))[0]).toBe(404);
  });
});
